// On one machine: which identity answers to each way of asking, or what the library throws. One line of JSON.
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.resourcemanager.resources.ResourceManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

public class Probe {
    static final String MANAGEMENT = "https://management.azure.com/.default";
    static final String NOBODY = "https://nobody.example/.default";
    static final ObjectMapper JSON = new ObjectMapper();

    static Object outcome(Callable<String> get) {
        try {
            return get.call();
        } catch (Throwable error) {
            StringBuilder message = new StringBuilder();
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                message.append(cause.getMessage()).append('\n');
            }
            return Map.of("failed", error.getClass().getSimpleName(), "message", message.toString());
        }
    }

    static Object identity(String scope, Callable<TokenCredential> make) {
        return outcome(() -> {
            String token = make.call().getTokenSync(new TokenRequestContext().addScopes(scope)).getToken();
            String id = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1])).get("xms_mirid").asText();
            return id.substring(id.lastIndexOf('/') + 1);
        });
    }

    static ManagedIdentityCredentialBuilder managed() {
        return new ManagedIdentityCredentialBuilder();
    }

    public static void main(String[] args) throws Exception {
        String resourceId = args[0], clientId = args[1], objectId = args[2], stranger = args[3], subscription = args[4];
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("system", identity(MANAGEMENT, () -> managed().build()));
        told.put("clientId", identity(MANAGEMENT, () -> managed().clientId(clientId).build()));
        told.put("objectId", identity(MANAGEMENT, () -> managed().objectId(objectId).build()));
        told.put("resourceId", identity(MANAGEMENT, () -> managed().resourceId(resourceId).build()));
        told.put("default", identity(MANAGEMENT, () -> new DefaultAzureCredentialBuilder().build()));
        told.put("read", outcome(() -> ResourceManager
            .authenticate(new DefaultAzureCredentialBuilder().build(), new AzureProfile(null, subscription, AzureEnvironment.AZURE))
            .withSubscription(subscription).genericResources().getById(resourceId, "2023-01-31").name()));
        told.put("unknownResource", identity(NOBODY, () -> managed().build()));
        told.put("stranger", identity(MANAGEMENT, () -> managed().clientId(stranger).build()));
        if (System.getenv("AZURE_FEDERATED_TOKEN_FILE") != null) {
            told.put("workload", identity(MANAGEMENT, () -> new WorkloadIdentityCredentialBuilder().build()));
            told.put("stranger", identity(MANAGEMENT, () -> new WorkloadIdentityCredentialBuilder().clientId(stranger).build()));
            told.put("unknownResource", identity(NOBODY, () -> new WorkloadIdentityCredentialBuilder().build()));
        }
        System.out.println(JSON.writeValueAsString(told));
        System.exit(0);
    }
}
