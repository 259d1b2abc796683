# On one machine: which identity answers to each way of asking, or what the library raises. One line of JSON.
import base64
import json
import os
import sys

from azure.identity import DefaultAzureCredential, ManagedIdentityCredential, WorkloadIdentityCredential
from azure.mgmt.resource.resources import ResourceManagementClient

resource_id, client_id, object_id, stranger, subscription = sys.argv[1:]
management = "https://management.azure.com/.default"


def outcome(get):
    try:
        return get()
    except Exception as error:
        return {"failed": type(error).__name__, "message": str(error)}


def identity(make, scope=management):
    def get():
        payload = make().get_token(scope).token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return claims["xms_mirid"].split("/")[-1]

    return outcome(get)


def read():
    client = ResourceManagementClient(DefaultAzureCredential(), subscription)
    return client.resources.get_by_id(resource_id, api_version="2023-01-31").name


in_pod = "AZURE_FEDERATED_TOKEN_FILE" in os.environ
told = {
    "system": identity(lambda: ManagedIdentityCredential()),
    "clientId": identity(lambda: ManagedIdentityCredential(client_id=client_id)),
    "objectId": identity(lambda: ManagedIdentityCredential(identity_config={"object_id": object_id})),
    "resourceId": identity(lambda: ManagedIdentityCredential(identity_config={"resource_id": resource_id})),
    "default": identity(lambda: DefaultAzureCredential()),
    "read": outcome(read),
    "unknownResource": identity(lambda: ManagedIdentityCredential(), "https://nobody.example/.default"),
    "stranger": identity(lambda: ManagedIdentityCredential(client_id=stranger)),
}
if in_pod:
    told["workload"] = identity(lambda: WorkloadIdentityCredential())
    told["stranger"] = identity(lambda: WorkloadIdentityCredential(client_id=stranger))
    told["unknownResource"] = identity(lambda: WorkloadIdentityCredential(), "https://nobody.example/.default")
print(json.dumps(told))
