import { quoteForPowerShell, quoteForShell } from './quote.ts'

/** What a program is written for: the machine, the identity that it means, and the service that it wants a token for. */
export interface ProgramFacts {
  readonly machine: string
  readonly group: string
  /** ARM type of the machine. */
  readonly type: string
  /** Audience, for instance `https://vault.azure.net`. */
  readonly resource: string
  /** Of a user-assigned identity that is meant; undefined leaves it to the machine. */
  readonly clientId: string | undefined
}

/** A way to get a token on the machine. */
export interface ClientProgram {
  readonly name: string
  readonly code: (facts: ProgramFacts) => string
  /** What it needs. */
  readonly needs?: string
  readonly appliesTo?: (facts: ProgramFacts) => boolean
}

const isApp = ({ type }: ProgramFacts) => /^microsoft\.(web\/sites|app\/containerapps)$/i.test(type)
const isVirtualMachine = ({ type }: ProgramFacts) => /^microsoft\.compute\/virtualmachines$/i.test(type)

/** A text as a string of most languages. */
const text = (value: string) => JSON.stringify(value)
const scopeOf = ({ resource }: ProgramFacts) => text(`${resource}/.default`)

/** The clients of the Connect page, in its order. */
export const clientPrograms: readonly ClientProgram[] = [
  {
    name: 'Azure CLI',
    code: ({ machine, clientId }) =>
      [
        `az login --identity${clientId === undefined ? '' : ` --client-id ${clientId}`}`,
        '',
        `spID=$(az resource list -n ${quoteForShell(machine)} --query '[*].identity.principalId' --out tsv)`,
        'echo The managed identity for Azure resources service principal ID is $spID',
      ].join('\n'),
  },
  {
    name: 'PowerShell',
    needs: 'Az.Accounts and Az.Compute',
    code: ({ machine, group, clientId }) =>
      [
        `Connect-AzAccount -Identity${clientId === undefined ? '' : ` -AccountId ${clientId}`}`,
        '',
        `$vm = Get-AzVM -ResourceGroupName ${quoteForPowerShell(group)} -Name ${quoteForPowerShell(machine)}`,
        'echo "The managed identity for Azure resources service principal ID is $($vm.Identity.PrincipalId)"',
      ].join('\n'),
    appliesTo: isVirtualMachine,
  },
  {
    name: 'curl',
    appliesTo: (facts) => isVirtualMachine(facts) || isApp(facts),
    code: (facts) => {
      const query = new URLSearchParams({
        'api-version': isApp(facts) ? '2019-08-01' : '2018-02-01',
        resource: facts.resource,
        ...(facts.clientId !== undefined && { client_id: facts.clientId }),
      })
      return isApp(facts)
        ? `curl -H "X-IDENTITY-HEADER: $IDENTITY_HEADER" "$IDENTITY_ENDPOINT?${query}"`
        : `curl -H Metadata:true ${quoteForShell(`http://169.254.169.254/metadata/identity/oauth2/token?${query}`)}`
    },
  },
  {
    name: 'Python',
    needs: 'pip install azure-identity',
    code: (facts) =>
      [
        'from azure.identity import ManagedIdentityCredential',
        '',
        `credential = ManagedIdentityCredential(${facts.clientId === undefined ? '' : `client_id=${text(facts.clientId)}`})`,
        `token = credential.get_token(${scopeOf(facts)})`,
        'print(token.expires_on)',
      ].join('\n'),
  },
  {
    name: 'JavaScript',
    needs: 'npm install @azure/identity',
    code: (facts) =>
      [
        "import { ManagedIdentityCredential } from '@azure/identity'",
        '',
        `const credential = new ManagedIdentityCredential(${facts.clientId === undefined ? '' : `{ clientId: ${text(facts.clientId)} }`})`,
        `const token = await credential.getToken(${scopeOf(facts)})`,
        'console.log(new Date(token.expiresOnTimestamp))',
      ].join('\n'),
  },
  {
    name: 'Go',
    needs: 'go get github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    code: (facts) =>
      [
        facts.clientId === undefined
          ? 'credential, err := azidentity.NewManagedIdentityCredential(nil)'
          : `credential, err := azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{\n\tID: azidentity.ClientID(${text(facts.clientId)}),\n})`,
        'if err != nil {',
        '\tlog.Fatal(err)',
        '}',
        `token, err := credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{${scopeOf(facts)}}})`,
        'if err != nil {',
        '\tlog.Fatal(err)',
        '}',
        'fmt.Println(token.ExpiresOn)',
      ].join('\n'),
  },
  {
    name: '.NET',
    needs: 'dotnet add package Azure.Identity',
    code: (facts) =>
      [
        'using Azure.Core;',
        'using Azure.Identity;',
        '',
        `var credential = new ManagedIdentityCredential(${
          facts.clientId === undefined
            ? 'ManagedIdentityId.SystemAssigned'
            : `ManagedIdentityId.FromUserAssignedClientId(${text(facts.clientId)})`
        });`,
        `var token = await credential.GetTokenAsync(new TokenRequestContext([${scopeOf(facts)}]));`,
        'Console.WriteLine(token.ExpiresOn);',
      ].join('\n'),
  },
  {
    name: 'Java',
    needs: 'com.azure:azure-identity',
    code: (facts) =>
      [
        'var credential = new ManagedIdentityCredentialBuilder()',
        ...(facts.clientId === undefined ? [] : [`    .clientId(${text(facts.clientId)})`]),
        '    .build();',
        `var token = credential.getTokenSync(new TokenRequestContext().addScopes(${scopeOf(facts)}));`,
        'System.out.println(token.getExpiresAt());',
      ].join('\n'),
  },
]

/** How to get onto the machine. */
export function waysOntoMachine({ machine, group }: Pick<ProgramFacts, 'machine' | 'group'>) {
  const named = `${quoteForShell(machine)} -g ${quoteForShell(group)}`
  return [
    ['A shell on the machine', `lanyard connect ${named}`],
    ['One command, as if it ran there', `lanyard run --vm ${named} -- az login --identity`],
    ['Why does a sign-in not work?', `lanyard run --vm ${named} -- lanyard doctor`],
  ] as const
}
