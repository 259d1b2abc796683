// Nothing but the JDK: a token of the machine, and with it the subscriptions that the machine may see.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Client {
    static String get(String url, String name, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header(name, value).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : json;
    }

    public static void main(String[] args) throws Exception {
        String audience = "https://management.azure.com/";
        String imds = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + audience;
        String token = field(get(imds, "Metadata", "true"), "access_token");
        String found = get(audience + "subscriptions?api-version=2022-12-01", "Authorization", "Bearer " + token);
        System.out.println(field(found, "displayName"));
    }
}
