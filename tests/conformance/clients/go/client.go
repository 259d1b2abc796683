// The Azure SDK for Go, as on a virtual machine: the resource groups that the machine may see, then an identity that it has not.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	ctx := context.Background()
	credentials := []azcore.TokenCredential{
		must(azidentity.NewManagedIdentityCredential(nil)),
		must(azidentity.NewDefaultAzureCredential(nil)),
	}
	for _, credential := range credentials {
		pager := must(armresources.NewResourceGroupsClient(os.Args[1], credential, nil)).NewListPager(nil)
		names := []string{}
		for pager.More() {
			for _, group := range must(pager.NextPage(ctx)).Value {
				names = append(names, *group.Name)
			}
		}
		fmt.Println(strings.Join(names, " "))
	}
	other := must(azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{
		ID: azidentity.ClientID("00000000-0000-4000-8000-000000000000"),
	}))
	_, err := other.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"https://vault.azure.net/.default"}})
	fmt.Println("refused:", err != nil && strings.Contains(err.Error(), "Identity not found"))
}
