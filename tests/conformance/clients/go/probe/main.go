// On one machine: which identity answers to each way of asking, or what the library returns instead. One line of JSON.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
)

const management = "https://management.azure.com/.default"

func failure(err error) any {
	return map[string]string{"failed": strings.TrimPrefix(fmt.Sprintf("%T", err), "*"), "message": err.Error()}
}

func identity[T azcore.TokenCredential](scope string, credential T, err error) any {
	if err != nil {
		return failure(err)
	}
	token, err := credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{scope}})
	if err != nil {
		return failure(err)
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(token.Token, ".")[1])
	if err != nil {
		return failure(err)
	}
	var claims struct {
		Identity string `json:"xms_mirid"`
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		return failure(err)
	}
	return path.Base(claims.Identity)
}

func managed(scope string, id azidentity.ManagedIDKind) any {
	credential, err := azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{ID: id})
	return identity(scope, credential, err)
}

func workload(scope string, clientID string) any {
	credential, err := azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{ClientID: clientID})
	return identity(scope, credential, err)
}

func read(resourceID string, subscription string) any {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return failure(err)
	}
	client, err := armresources.NewClient(subscription, credential, nil)
	if err != nil {
		return failure(err)
	}
	found, err := client.GetByID(context.Background(), resourceID, "2023-01-31", nil)
	if err != nil {
		return failure(err)
	}
	return *found.Name
}

func main() {
	resourceID, clientID, objectID, stranger, subscription := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	const nobody = "https://nobody.example/.default"
	byDefault, err := azidentity.NewDefaultAzureCredential(nil)
	told := map[string]any{
		"system":          managed(management, nil),
		"clientId":        managed(management, azidentity.ClientID(clientID)),
		"objectId":        managed(management, azidentity.ObjectID(objectID)),
		"resourceId":      managed(management, azidentity.ResourceID(resourceID)),
		"default":         identity(management, byDefault, err),
		"read":            read(resourceID, subscription),
		"unknownResource": managed(nobody, nil),
		"stranger":        managed(management, azidentity.ClientID(stranger)),
	}
	if _, inPod := os.LookupEnv("AZURE_FEDERATED_TOKEN_FILE"); inPod {
		told["workload"] = workload(management, "")
		told["stranger"] = workload(management, stranger)
		told["unknownResource"] = workload(nobody, "")
	}
	line, _ := json.Marshal(told)
	fmt.Println(string(line))
}
