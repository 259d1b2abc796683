// The Azure SDK for Java, as on a virtual machine: the resource groups that the machine may see, then an identity that it has not.
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.resourcemanager.resources.ResourceManager;
import java.util.List;
import java.util.stream.Collectors;

public class SdkClient {
    public static void main(String[] args) {
        AzureProfile profile = new AzureProfile(null, args[0], AzureEnvironment.AZURE);
        List<TokenCredential> credentials =
            List.of(new ManagedIdentityCredentialBuilder().build(), new DefaultAzureCredentialBuilder().build());
        for (TokenCredential credential : credentials) {
            System.out.println(ResourceManager.authenticate(credential, profile).withSubscription(args[0]).resourceGroups().list()
                .stream().map(group -> group.name()).collect(Collectors.joining(" ")));
        }
        try {
            new ManagedIdentityCredentialBuilder().clientId("00000000-0000-4000-8000-000000000000").build()
                .getTokenSync(new TokenRequestContext().addScopes("https://vault.azure.net/.default"));
        } catch (RuntimeException error) {
            boolean named = false;
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                named |= String.valueOf(cause.getMessage()).contains("Identity not found");
            }
            System.out.println("refused: " + named);
        }
        System.exit(0);
    }
}
