# Nothing but Python's standard library: a token of the machine, and with it the subscriptions that the machine may see.
import json
import urllib.request


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return json.load(answer)


audience = "https://management.azure.com/"
imds = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + audience
token = get(imds, Metadata="true")["access_token"]
found = get(audience + "subscriptions?api-version=2022-12-01", Authorization="Bearer " + token)
print(" ".join(one["displayName"] for one in found["value"]))
