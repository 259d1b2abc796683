import type { KnownError } from '../known-error.ts'

const printedBy = [{ client: 'Lanyard', version: 'all' }]

/** What Lanyard itself says. */
export const lanyard: readonly KnownError[] = [
  {
    id: 'lanyard-host-not-served',
    title: 'Lanyard runs with --offline and does not serve a host',
    depth: 'cause',
    patterns: [
      'Lanyard runs with --offline and does not serve {host}. Run it',
      'Lanyard does not serve {host}.',
      "Lanyard's proxy could not reach {host}.",
    ],
    samples: [
      'Lanyard runs with --offline and does not serve shop.vault.azure.net. Run it without --offline to reach other hosts.',
      "Lanyard's proxy could not reach shop.vault.azure.net:443.",
    ],
    printedBy,
    meaning:
      'The metadata service, the token endpoint, the resource manager and Graph are served; vaults, storage accounts and all other hosts are not.',
    causes: [
      {
        cause: 'The program calls a service that Lanyard is not.',
        howToTell: 'The host is not management.azure.com, login.microsoftonline.com or graph.microsoft.com.',
        fixes: { lanyard: 'lanyard run -- COMMAND    # without --offline, the host is reached as before' },
      },
    ],
  },
  {
    id: 'lanyard-which-machine',
    title: 'There is no virtual machine of that name, or more than one',
    depth: 'cause',
    patterns: ['There is more than one virtual machine', 'There is no virtual machine'],
    samples: [
      "lanyard: There is no virtual machine 'web-9'. Name another with --vm, or add it to lanyard.yaml.",
      'There is more than one virtual machine. Say which one:',
    ],
    printedBy,
    meaning: '"run" and "connect" do not know which machine to be.',
    causes: [
      {
        cause: 'The name is not in the world, or several groups have it.',
        howToTell: 'The message lists those that fit.',
        fixes: { lanyard: 'lanyard run --vm {vm} -g {group} -- COMMAND' },
      },
    ],
  },
  {
    id: 'lanyard-no-metadata-service',
    title: 'This machine has no instance metadata service',
    depth: 'cause',
    patterns: ['This machine has no instance metadata service: its host gives tokens by'],
    samples: ['This machine has no instance metadata service: its host gives tokens by IDENTITY_ENDPOINT or MSI_ENDPOINT.'],
    printedBy,
    meaning: 'The command runs as an app or a pod, whose tokens come from another place than 169.254.169.254, as in Azure.',
    causes: [
      {
        cause: 'The client asks 169.254.169.254 without looking at the variables of the host.',
        howToTell: 'It is curl, or a client that was told to use the metadata service.',
        fixes: { lanyard: 'lanyard run --vm VM-NAME -- COMMAND    # as a virtual machine' },
      },
    ],
  },
]
