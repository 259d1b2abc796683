import type { KnownError } from '../known-error.ts'
import { askDoctor, switchOn } from './remedies.ts'

const provider = { client: 'Terraform azurerm', version: '3 and later' }

/** Terraform's providers. */
export const terraform: readonly KnownError[] = [
  {
    id: 'terraform-token-claims',
    title: 'Terraform: could not acquire access token to parse claims',
    depth: 'wrapper',
    patterns: [
      'could not acquire access token to parse claims',
      'Error building AzureRM Client: obtain subscription',
      'Error building account: Error getting authenticated object ID',
      'azure.BearerAuthorizer#WithAuthorization: Failed to refresh the Token',
    ],
    samples: [
      '│ Error: building account: could not acquire access token to parse claims: running Azure CLI: exit status 1',
      'Error: Error building AzureRM Client: obtain subscription() from Azure CLI: Error parsing json result from the Azure CLI',
      'azure.BearerAuthorizer#WithAuthorization: Failed to refresh the Token for request to https://management.azure.com/subscriptions',
    ],
    printedBy: [provider, { client: 'Terraform azurerm', version: '1 and 2 (the last three)' }],
    meaning:
      'Before it plans, Terraform asks for a token to read tenant and object id out of it. The text behind it says why there was none.',
    causes: [
      {
        cause: 'use_msi is set, and the machine gives no token.',
        howToTell: 'The text goes on with ManagedIdentityAuthorizer.',
        fixes: { ...askDoctor, az: switchOn.az ?? '' },
      },
      {
        cause: 'It falls back to the sign-in of az, and there is none, or one of a service principal.',
        howToTell: 'The text goes on with "Azure CLI".',
        fixes: {
          az: 'export ARM_USE_MSI=true ARM_SUBSCRIPTION_ID={subscription} ARM_TENANT_ID={tenant}',
          lanyard: 'lanyard run -- terraform plan',
        },
      },
    ],
  },
  {
    id: 'terraform-no-authorizer',
    title: 'Terraform: no Authorizer could be configured',
    depth: 'symptom',
    patterns: [
      'no Authorizer could be configured, please check your configuration',
      'unable to build authorizer for Resource Manager API',
      'could not configure MSI Authorizer',
    ],
    samples: [
      'Error: unable to build authorizer for Resource Manager API: no Authorizer could be configured, please check your configuration',
      'Error: unable to build authorizer for Resource Manager API: could not configure AzureCli Authorizer: could not parse Azure CLI version',
    ],
    printedBy: [provider],
    meaning: 'None of the ways to sign in is switched on with all that it needs.',
    causes: [
      {
        cause: 'use_msi, use_oidc, use_cli or a secret is missing in the provider block and in ARM_ variables.',
        howToTell: '"env | grep ARM_" shows less than one way needs.',
        fixes: {
          az: 'export ARM_USE_MSI=true ARM_SUBSCRIPTION_ID={subscription} ARM_TENANT_ID={tenant}',
          lanyard:
            'ARM_USE_MSI=true lanyard run -- terraform plan\nlanyard run --as APPLICATION -- terraform plan    # sets ARM_CLIENT_ID, ARM_CLIENT_SECRET, ARM_TENANT_ID',
        },
      },
    ],
  },
  {
    id: 'terraform-cli-as-user',
    title: 'Terraform: authenticating using the Azure CLI is only supported as a User',
    depth: 'cause',
    patterns: [
      'Authenticating using the Azure CLI is only supported as a User (not a Service Principal)',
      'Authenticating using the Azure CLI is only supported as a User',
    ],
    samples: [
      'Error building ARM Config: Authenticating using the Azure CLI is only supported as a User (not a Service Principal).',
    ],
    printedBy: [{ client: 'Terraform azurerm, Pulumi', version: '1 to 4' }],
    meaning: 'az is signed in as a managed identity or an application; the provider wants to be told of that itself.',
    causes: [
      {
        cause: '"az login --identity" was run where ARM_USE_MSI belongs.',
        howToTell: '"az account show" says servicePrincipal.',
        fixes: {
          az: 'export ARM_USE_MSI=true ARM_SUBSCRIPTION_ID={subscription} ARM_TENANT_ID={tenant}',
          lanyard: 'ARM_USE_MSI=true lanyard run -- terraform plan',
        },
      },
    ],
  },
]
