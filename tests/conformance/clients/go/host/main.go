// On any host: which identity answers to each way of asking, or the class of the refusal. One line of JSON.
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
)

func outcome(credential azcore.TokenCredential, err error) string {
	if err != nil {
		return "refused"
	}
	token, err := credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{"https://management.azure.com/.default"}})
	if err != nil {
		return "refused"
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(token.Token, ".")[1])
	if err != nil {
		return "malformed"
	}
	var claims struct {
		Identity string `json:"xms_mirid"`
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		return "malformed"
	}
	return path.Base(claims.Identity)
}

func main() {
	system, systemErr := azidentity.NewManagedIdentityCredential(nil)
	named, namedErr := azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{ID: azidentity.ResourceID(os.Args[1])})
	byDefault, defaultErr := azidentity.NewDefaultAzureCredential(nil)
	told, _ := json.Marshal(map[string]string{
		"system":  outcome(system, systemErr),
		"named":   outcome(named, namedErr),
		"default": outcome(byDefault, defaultErr),
	})
	fmt.Println(string(told))
}
