# On any host: which identity answers to each way of asking, or the class of the refusal. One line of JSON.
import base64
import json
import sys

from azure.identity import DefaultAzureCredential, ManagedIdentityCredential

scope = "https://management.azure.com/.default"


def outcome(make):
    try:
        payload = make().get_token(scope).token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return claims["xms_mirid"].split("/")[-1]
    except Exception as error:
        return type(error).__name__


identity = sys.argv[1]
print(json.dumps({
    "system": outcome(lambda: ManagedIdentityCredential()),
    "named": outcome(lambda: ManagedIdentityCredential(identity_config={"resource_id": identity})),
    "default": outcome(lambda: DefaultAzureCredential()),
}))
