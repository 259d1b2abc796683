# The Azure SDK for Python, as on a virtual machine: the resource groups that the machine may see, then an identity that it has not.
import sys

from azure.core.exceptions import ClientAuthenticationError
from azure.identity import DefaultAzureCredential, ManagedIdentityCredential
from azure.mgmt.resource.resources import ResourceManagementClient

subscription = sys.argv[1]
for credential in (ManagedIdentityCredential(), DefaultAzureCredential()):
    groups = ResourceManagementClient(credential, subscription).resource_groups.list()
    print(" ".join(group.name for group in groups))
try:
    ManagedIdentityCredential(client_id="00000000-0000-4000-8000-000000000000").get_token("https://vault.azure.net/.default")
except ClientAuthenticationError as error:
    print("refused:", str("Identity not found" in str(error)).lower())
