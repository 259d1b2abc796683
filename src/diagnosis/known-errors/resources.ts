import type { KnownError } from '../known-error.ts'
import { grant } from './remedies.ts'

const arm = { client: 'Azure Resource Manager', version: 'all' }
const misspelt = (what: string, az: string, lanyard: string) => ({
  cause: `The ${what} is misspelt, or was deleted.`,
  howToTell: 'It is not in the list.',
  fixes: { az, lanyard },
})

/** The control plane does not know what was named, or does not take the request; throttling and outages. */
export const resources: readonly KnownError[] = [
  {
    id: 'subscription-not-found',
    title: 'SubscriptionNotFound',
    depth: 'cause',
    patterns: [
      "The subscription '{subscription}' could not be found",
      'SubscriptionNotFound',
      "Subscription '{}' not found. Check the spelling and casing",
    ],
    samples: [
      "(SubscriptionNotFound) The subscription '22222222-2222-4222-8222-222222222222' could not be found.",
      "Subscription 'Test' not found. Check the spelling and casing and try again.",
    ],
    printedBy: [arm, { client: 'Azure CLI, Lanyard', version: 'all' }],
    meaning: 'There is no such subscription in this cloud, or the sign-in does not see it.',
    causes: [
      misspelt('subscription', 'az account list -o table', 'lanyard account list -o table'),
      {
        cause: 'It is in the real Azure and the request reached Lanyard, or the other way round.',
        howToTell: 'The list shows the subscriptions of the other.',
        fixes: { lanyard: 'lanyard up --config lanyard.yaml    # with the id under "subscriptions"' },
      },
    ],
  },
  {
    id: 'resource-group-not-found',
    title: 'ResourceGroupNotFound',
    depth: 'cause',
    patterns: ["Resource group '{group}' could not be found", 'ResourceGroupNotFound'],
    samples: ["(ResourceGroupNotFound) Resource group 'shop' could not be found."],
    printedBy: [arm],
    meaning: 'The subscription has no group of this name.',
    causes: [
      misspelt('group', 'az group list -o table', 'lanyard group list -o table'),
      {
        cause: 'Another subscription is selected.',
        howToTell: '"az account show" names another one.',
        fixes: {
          az: 'az account set --subscription {subscription}',
          powershell: 'Set-AzContext -Subscription {subscription}',
          lanyard: 'lanyard account set --subscription {subscription}',
        },
      },
    ],
  },
  {
    id: 'resource-not-found',
    title: 'ResourceNotFound',
    depth: 'cause',
    patterns: ["The Resource '{}' under resource group '{group}' was not found", 'ResourceNotFound', 'ParentResourceNotFound'],
    samples: [
      "(ResourceNotFound) The Resource 'Microsoft.Compute/virtualMachines/web-1' under resource group 'shop' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    ],
    printedBy: [arm],
    meaning: 'The caller may read here, and there is no such resource.',
    causes: [
      misspelt(
        'name of the resource or of its type',
        'az resource list -g {group} -o table',
        'lanyard resource list -g {group} -o table',
      ),
    ],
  },
  {
    id: 'provider-not-registered',
    title: 'MissingSubscriptionRegistration: the subscription is not registered to use a namespace',
    depth: 'cause',
    patterns: ["The subscription is not registered to use namespace '{provider}'", 'MissingSubscriptionRegistration'],
    samples: [
      "(MissingSubscriptionRegistration) The subscription is not registered to use namespace 'Microsoft.ManagedIdentity'. See https://aka.ms/rps-not-found for how to register subscriptions.",
    ],
    printedBy: [arm],
    meaning: 'A new subscription does not have every resource provider on.',
    causes: [
      {
        cause: 'Nobody used this kind of resource in the subscription before.',
        howToTell: 'The registration state is "NotRegistered".',
        fixes: {
          az: 'az provider register --namespace {provider} --wait',
          powershell: 'Register-AzResourceProvider -ProviderNamespace {provider}',
          portal: 'Subscription > Settings > Resource providers > the provider > Register',
        },
      },
    ],
  },
  {
    id: 'api-version-not-supported',
    title: 'InvalidApiVersionParameter, NoRegisteredProviderFound, MissingApiVersionParameter',
    depth: 'cause',
    patterns: [
      "The api-version '{apiVersion}' is invalid. The supported versions are",
      'InvalidApiVersionParameter',
      'NoRegisteredProviderFound',
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests',
    ],
    samples: [
      "(InvalidApiVersionParameter) The api-version '2023-01-31' is invalid. The supported versions are '2024-10-01-preview,2014-04-01'.",
      "(NoRegisteredProviderFound) No registered resource provider found for location 'eastus' and API version 'X' for type 'virtualMachines'.",
      '(MissingApiVersionParameter) The api-version query parameter (?api-version=) is required for all requests.',
    ],
    printedBy: [arm],
    meaning: 'The request names no version of the API, or one that this type does not have in this region.',
    causes: [
      {
        cause: 'A request of your own (az rest, curl), or an SDK that is newer than the cloud that it talks to.',
        howToTell: 'The message lists the versions that there are.',
        fixes: {
          az: 'az provider show -n Microsoft.Compute --query "resourceTypes[?resourceType==\'virtualMachines\'].apiVersions[0]" -o tsv',
          powershell: '(Get-AzResourceProvider -ProviderNamespace Microsoft.Compute).ResourceTypes',
          lanyard: 'lanyard resource show --ids "{scope}"    # knows the version',
        },
      },
    ],
  },
  {
    id: 'failed-identity-operation',
    title: 'FailedIdentityOperation',
    depth: 'symptom',
    patterns: [
      "Identity operation for resource '{scope}' failed with error",
      'FailedIdentityOperation',
      'Failed to perform resource identity operation',
    ],
    samples: [
      "(FailedIdentityOperation) Identity operation for resource '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'.",
    ],
    printedBy: [arm],
    meaning: 'The identity block of the resource was written, and the identities could not be made so.',
    causes: [
      {
        cause: 'A user-assigned identity in it does not exist (any more), or is in another tenant.',
        howToTell: 'Its id cannot be shown.',
        fixes: {
          az: 'az resource show --ids "{scope}" --query identity\naz identity list -o table',
          lanyard: 'lanyard identity list -o table',
        },
      },
      {
        cause: 'The caller may not assign it.',
        howToTell: 'The answer says LinkedAuthorizationFailed further down.',
        fixes: grant('Managed Identity Operator', '{identity}'),
      },
    ],
  },
  {
    id: 'request-disallowed-by-policy',
    title: 'RequestDisallowedByPolicy, ScopeLocked: a policy or a lock is in the way',
    depth: 'cause',
    patterns: [
      'RequestDisallowedByPolicy',
      'ScopeLocked',
      'because following scope(s) are locked',
      'DenyAssignmentAuthorizationFailed',
    ],
    samples: [
      "(RequestDisallowedByPolicy) Resource 'web-1' was disallowed by policy.",
      "(ScopeLocked) The scope 'x' cannot perform write operation because following scope(s) are locked: 'y'.",
    ],
    printedBy: [arm],
    meaning: 'The caller has the right; the organisation has forbidden the change itself.',
    causes: [
      {
        cause: 'A lock, a policy or a deny assignment holds for the scope.',
        howToTell: 'The message names it.',
        fixes: {
          az: 'az lock list -g {group} -o table\naz policy assignment list -g {group} -o table',
          powershell: 'Get-AzResourceLock -ResourceGroupName {group}',
          portal: 'Resource group > Settings > Locks, Policies',
        },
      },
    ],
  },
  {
    id: 'requests-throttled',
    title: 'SubscriptionRequestsThrottled, 429: too many requests to the resource manager',
    depth: 'cause',
    patterns: [
      'SubscriptionRequestsThrottled',
      '(TooManyRequests)',
      '"code":"TooManyRequests"',
      'OperationNotAllowed: The server rejected the request because too many requests',
      'Number of requests for subscription',
    ],
    samples: [
      '(SubscriptionRequestsThrottled) The number of requests for this subscription has been exceeded. Please try again later.',
      '{"error":{"code":"TooManyRequests","message":"x"}}',
    ],
    printedBy: [arm],
    meaning: 'The principal made more requests than it may in a short time.',
    causes: [
      {
        cause: 'A loop asks again and again, or many processes share one identity.',
        howToTell: 'The header x-ms-ratelimit-remaining-subscription-reads goes to 0; Retry-After says how long to wait.',
        fixes: {
          az: 'az rest --method get --url "https://management.azure.com/subscriptions?api-version=2022-12-01" --verbose 2>&1 | grep -i ratelimit',
          lanyard: 'lanyard fault list    # whether it throttles on purpose\nlanyard fault clear',
        },
      },
    ],
  },
  {
    id: 'metadata-throttled',
    title: 'The metadata service: 429, too many requests',
    depth: 'cause',
    patterns: [
      '"error":"too_many_requests"',
      '{"error":"Too many requests"}',
      'Too Many Requests for url: http://169.254.169.254',
    ],
    samples: ['{"error":"too_many_requests","error_description":"Too many requests"}', '{"error":"Too many requests"}'],
    printedBy: [{ client: 'Azure Instance Metadata Service', version: 'all' }],
    meaning:
      'The machine asks for more than 20 tokens a second, or more than 5 at once; for the rest of the metadata 5 requests a second.',
    causes: [
      {
        cause: 'The program makes a new credential for each call, and so keeps no token.',
        howToTell: 'It asks once for each request that it serves.',
        fixes: {
          az: 'az account get-access-token    # once; each az command asks anew',
          lanyard: 'lanyard fault add throttle    # shows whether code keeps its token\nlanyard fault clear',
        },
      },
    ],
  },
  {
    id: 'metadata-being-updated',
    title: 'The metadata service: 410 Gone',
    depth: 'cause',
    patterns: [
      '410 Client Error: Gone for url: http://169.254.169.254',
      '410 (Gone)',
      '"error":"gone"',
      'Status: 410',
      'status code 410',
      'HTTP/1.1 410 Gone',
    ],
    samples: [
      '{"error":"gone","error_description":"The metadata service is being updated"}',
      'Azure.RequestFailedException: Service request failed.\nStatus: 410 (Gone)',
    ],
    printedBy: [{ client: 'Azure Instance Metadata Service, and every client around it', version: 'all' }],
    meaning: 'The service is being updated on this host; it is back within 70 seconds.',
    causes: [
      {
        cause: 'The client gave up too soon.',
        howToTell: 'It passes a minute later. Clients from 2025 on wait for it.',
        fixes: { az: 'sleep 70 && az login --identity', lanyard: 'lanyard fault list\nlanyard fault clear' },
      },
    ],
  },
  {
    id: 'server-error',
    title: 'InternalServerError, ServiceUnavailable: the service failed',
    depth: 'symptom',
    patterns: [
      '(InternalServerError)',
      '"code":"InternalServerError"',
      '(ServiceUnavailable)',
      '"code":"ServiceUnavailable"',
      '"error":"server_error"',
      '"error":"service_unavailable"',
      'The metadata service failed to serve the request',
    ],
    samples: [
      '(InternalServerError) The server encountered an unexpected error.',
      '{"error":"service_unavailable","error_description":"The metadata service is not available"}',
    ],
    printedBy: [arm, { client: 'Azure Instance Metadata Service', version: 'all' }],
    meaning: 'The request is in order; the service could not serve it.',
    causes: [
      {
        cause: 'A failure that passes.',
        howToTell: 'The same request passes a little later; otherwise the status page has it.',
        fixes: {
          az: 'sleep 30    # and again',
          portal: 'Service Health > Service issues',
          lanyard: 'lanyard fault list\nlanyard fault clear',
        },
      },
    ],
  },
  {
    id: 'extension-provisioning-failed',
    title: 'VMExtensionProvisioningError: the extension reported a failure',
    depth: 'cause',
    patterns: [
      "VM has reported a failure when processing extension '{extension}'",
      'VMExtensionProvisioningError',
      'VMExtensionHandlerNonTransientError',
      'VMExtensionProvisioningTimeout',
    ],
    samples: [
      '(VMExtensionProvisioningError) VM has reported a failure when processing extension \'ManagedIdentityExtensionForLinux\'. Error message: "x".',
    ],
    printedBy: [{ client: 'Azure Compute', version: 'all' }],
    meaning:
      'The extension was handed to the machine and did not come up there. While the managed-identity extension is not deployed, localhost:50342 does not answer.',
    causes: [
      {
        cause: 'The agent of the machine is old, stopped or has no network.',
        howToTell: 'The instance view of the machine says so under "vmAgent".',
        fixes: {
          az: 'az vm get-instance-view -g {group} -n {vm} --query instanceView.vmAgent.statuses\naz vm extension delete -g {group} --vm-name {vm} -n {extension}\naz vm extension set -g {group} --vm-name {vm} --publisher Microsoft.ManagedIdentity --name {extension}',
          powershell: 'Get-AzVMExtension -ResourceGroupName {group} -VMName {vm} -Name {extension} -Status',
          portal: 'Virtual machine > Settings > Extensions + applications > the extension > Uninstall, then Add',
          lanyard: 'lanyard fault list    # extension-failure makes this on purpose\nlanyard doctor --extension --fix',
        },
      },
      {
        cause: 'It is no longer needed: 169.254.169.254 gives the same tokens.',
        howToTell: 'Nothing on the machine asks localhost:50342.',
        fixes: { az: 'az vm extension delete -g {group} --vm-name {vm} -n {extension}' },
      },
    ],
  },
]
