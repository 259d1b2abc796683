import type { KnownError } from '../known-error.ts'
import { askDoctor, goPastProxy } from './remedies.ts'

const notInAzure = {
  cause: 'This machine is not in Azure.',
  howToTell: 'It is a laptop, a server or a runner of your own.',
  fixes: { lanyard: 'lanyard run -- COMMAND' },
}

/** Nothing answers, something else answers, or a proxy does. */
export const network: readonly KnownError[] = [
  {
    id: 'metadata-address-refused',
    title: '169.254.169.254: connection refused',
    depth: 'cause',
    patterns: [
      'connect ECONNREFUSED 169.254.169.254',
      'Failed to connect to 169.254.169.254 port 80',
      'dial tcp 169.254.169.254:80: connect: connection refused',
      "HTTPConnectionPool(host='169.254.169.254', port=80)",
      '(169.254.169.254:80)',
      'Connection refused: /169.254.169.254:80',
      'connect EACCES 169.254.169.254',
    ],
    samples: [
      'Error: connect ECONNREFUSED 169.254.169.254:80',
      'curl: (7) Failed to connect to 169.254.169.254 port 80 after 0 ms: Connection refused',
      "requests.exceptions.ConnectionError: HTTPConnectionPool(host='169.254.169.254', port=80): Max retries exceeded with url: /metadata/identity/oauth2/token",
      'System.Net.Http.HttpRequestException: No connection could be made because the target machine actively refused it. (169.254.169.254:80)',
    ],
    printedBy: [{ client: 'Node.js, curl, Go, requests, .NET', version: 'all' }],
    meaning: 'The request left for the metadata address, and nobody listens there.',
    causes: [
      notInAzure,
      {
        cause:
          'In a container or pod whose network blocks the address (AKS does so with its own pod identity, and with network policies).',
        howToTell: 'The node itself gets an answer.',
        fixes: { az: 'kubectl get networkpolicy -A', ...askDoctor },
      },
    ],
  },
  {
    id: 'metadata-address-unreachable',
    title: '169.254.169.254: no route, or no answer in time',
    depth: 'cause',
    patterns: [
      'connect ETIMEDOUT 169.254.169.254',
      'connect EHOSTUNREACH 169.254.169.254',
      'connect ENETUNREACH 169.254.169.254',
      'connect EHOSTDOWN 169.254.169.254',
      'dial tcp 169.254.169.254:80: i/o timeout',
      'dial tcp 169.254.169.254:80: connect: no route to host',
      'dial tcp 169.254.169.254:80: connect: host is down',
      'http://169.254.169.254 cannot be reached',
      'Connection to 169.254.169.254 timed out',
      'ConnectTimeoutError(<urllib3.connection.HTTPConnection object',
      'connection timed out: /169.254.169.254:80',
    ],
    samples: [
      'Error: connect ETIMEDOUT 169.254.169.254:80',
      'Get "http://169.254.169.254/metadata/identity/oauth2/token": dial tcp 169.254.169.254:80: i/o timeout',
      'Connection to 169.254.169.254 timed out. (connect timeout=0.3)',
      'io.netty.channel.ConnectTimeoutException: connection timed out: /169.254.169.254:80',
      'ERROR: http://169.254.169.254 cannot be reached: no answer in time',
    ],
    printedBy: [{ client: 'Node.js, Go, requests, Java, Lanyard', version: 'all' }],
    meaning: 'Packets to the metadata address go nowhere.',
    causes: [
      notInAzure,
      {
        cause:
          'On an Azure machine: a route or a firewall of the guest takes the packets (VPN clients, "iptables -P OUTPUT DROP").',
        howToTell: '"ip route get 169.254.169.254" does not leave by the first network interface.',
        fixes: {
          az: 'ip route get 169.254.169.254\nsudo iptables -L OUTPUT -n',
          powershell: 'Find-NetRoute -RemoteIPAddress 169.254.169.254',
          portal: 'Virtual machine > Help > Connection troubleshoot',
        },
      },
    ],
  },
  {
    id: 'localhost-50342-refused',
    title: 'localhost:50342: connection refused',
    depth: 'cause',
    patterns: [
      'connect ECONNREFUSED 127.0.0.1:50342',
      'connect ECONNREFUSED ::1:50342',
      'Failed to connect to localhost port 50342',
      'dial tcp 127.0.0.1:50342: connect: connection refused',
      'localhost:50342/oauth2/token: dial tcp',
      '(localhost:50342)',
      '127.0.0.1:50342',
    ],
    samples: [
      'Error: connect ECONNREFUSED 127.0.0.1:50342',
      'curl: (7) Failed to connect to localhost port 50342 after 0 ms: Connection refused',
      'No connection could be made because the target machine actively refused it. (localhost:50342)',
    ],
    printedBy: [{ client: 'Node.js, curl, Go, .NET', version: 'all' }],
    meaning: 'The address of the retired virtual machine extension, where nothing listens.',
    causes: [
      {
        cause: 'The managed-identity extension is not deployed or failed.',
        howToTell: 'It is not among the extensions of the machine as "Succeeded".',
        fixes: {
          az: 'az vm extension set -g {group} --vm-name {vm} --publisher Microsoft.ManagedIdentity --name ManagedIdentityExtensionForLinux --settings \'{"port": 50342}\'',
          portal: 'Virtual machine > Settings > Extensions + applications',
          lanyard: 'lanyard doctor --extension --fix',
        },
      },
      {
        cause: 'The program, or MSI_ENDPOINT, names the old address.',
        howToTell: '"env | grep MSI_" shows it.',
        fixes: {
          az: 'unset MSI_ENDPOINT MSI_SECRET',
          powershell: 'Remove-Item Env:MSI_ENDPOINT',
          lanyard: 'lanyard run -- COMMAND    # unsets it',
        },
      },
    ],
  },
  {
    id: 'proxy-authentication-required',
    title: '407 Proxy Authentication Required',
    depth: 'cause',
    patterns: [
      '407 Proxy Authentication Required',
      'Tunnel connection failed: 407',
      'Received HTTP code 407 from proxy',
      'HTTP/1.1 407 ',
      'statusCode=407',
    ],
    samples: [
      "OSError('Tunnel connection failed: 407 Proxy Authentication Required')",
      'curl: (56) Received HTTP code 407 from proxy after CONNECT',
    ],
    printedBy: [{ client: 'every client, for the proxy', version: 'all' }],
    meaning: 'The proxy of your network wants a name and a password.',
    causes: [
      {
        cause: 'The proxy variable has no credentials.',
        howToTell: '"echo $HTTPS_PROXY" has no "user:password@".',
        fixes: {
          az: 'export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT',
          powershell: '$env:HTTPS_PROXY = "http://USER:PASSWORD@HOST:PORT"',
          lanyard: 'HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT lanyard run -- COMMAND    # goes on through it',
        },
      },
      {
        cause: 'The request was for the metadata address, which never goes through a proxy.',
        howToTell: 'The address in the message is 169.254.169.254.',
        fixes: goPastProxy,
      },
    ],
  },
  {
    id: 'proxy-error',
    title: 'Cannot connect to proxy',
    depth: 'symptom',
    patterns: [
      "ProxyError('Cannot connect to proxy",
      "ProxyError('Unable to connect to proxy'",
      'Could not resolve proxy:',
      'proxyconnect tcp:',
    ],
    samples: [
      "(Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 502 Bad Gateway')))",
      'curl: (5) Could not resolve proxy: proxy.contoso.com',
      'Get "https://management.azure.com/": proxyconnect tcp: dial tcp 127.0.0.1:3128: connect: connection refused',
    ],
    printedBy: [{ client: 'requests, curl, Go', version: 'all' }],
    meaning: 'A proxy is set, and it cannot be reached or does not open the connection.',
    causes: [
      {
        cause: 'The variable names a proxy that is not there (any more).',
        howToTell: '"env | grep -i proxy".',
        fixes: {
          az: 'unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy',
          powershell: 'Remove-Item Env:HTTP_PROXY, Env:HTTPS_PROXY',
          lanyard: 'lanyard run -- COMMAND    # the proxy of a run that has ended is gone: start the program inside the run',
        },
      },
    ],
  },
  {
    id: 'host-not-resolved',
    title: 'The name of an Azure host cannot be resolved',
    depth: 'cause',
    patterns: [
      'getaddrinfo ENOTFOUND {host}.azure.com',
      'getaddrinfo ENOTFOUND login.microsoftonline.com',
      'getaddrinfo EAI_AGAIN ',
      'Could not resolve host: management.azure.com',
      'Could not resolve host: login.microsoftonline.com',
      'lookup management.azure.com',
      'lookup login.microsoftonline.com',
      'Failed to resolve',
      'Name or service not known',
      'Temporary failure in name resolution',
    ],
    samples: [
      'Error: getaddrinfo ENOTFOUND login.microsoftonline.com',
      'curl: (6) Could not resolve host: management.azure.com',
      'dial tcp: lookup management.azure.com on 127.0.0.53:53: server misbehaving',
      'NameResolutionError("<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to resolve \'login.microsoftonline.com\' ([Errno -3] Temporary failure in name resolution)")',
    ],
    printedBy: [{ client: 'Node.js, curl, Go, requests', version: 'all' }],
    meaning: 'There is no name service, or no network. The sign-in of a managed identity needs no name; what it is for does.',
    causes: [
      {
        cause: 'The machine is offline, or a private network has no public names.',
        howToTell: '"nslookup management.azure.com" fails too.',
        fixes: {
          az: 'nslookup management.azure.com',
          powershell: 'Resolve-DnsName management.azure.com',
          portal: 'Virtual network > Settings > DNS servers',
          lanyard: 'lanyard run -- COMMAND    # needs no network',
        },
      },
      {
        cause: 'The client goes past the proxy of "lanyard run", and is not connected by "lanyard connect".',
        howToTell: 'It is a program that reads no proxy variables.',
        fixes: { lanyard: 'lanyard connect {vm} -- COMMAND' },
      },
    ],
  },
  {
    id: 'connection-reset',
    title: 'The connection was cut',
    depth: 'symptom',
    patterns: [
      'read ECONNRESET',
      'socket hang up',
      "ConnectionResetError(104, 'Connection reset by peer')",
      'Remote end closed connection without response',
      'The SSL connection could not be established',
      'unexpected EOF while reading',
      'The underlying connection was closed',
    ],
    samples: [
      'Error: read ECONNRESET',
      "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
      "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
    ],
    printedBy: [{ client: 'Node.js, requests, .NET', version: 'all' }],
    meaning: 'The connection was there and ended before the answer.',
    causes: [
      {
        cause: 'A middlebox or a proxy ends connections, often those whose TLS it does not like.',
        howToTell: 'From another network it works.',
        fixes: {
          az: 'curl -v https://management.azure.com/',
          powershell: '[Net.ServicePointManager]::SecurityProtocol = "Tls12"    # Windows PowerShell 5.1',
        },
      },
      {
        cause: 'Lanyard cuts it on purpose, or the run that the program belonged to has ended.',
        howToTell: '"lanyard fault list" has "drop".',
        fixes: { lanyard: 'lanyard fault list\nlanyard fault clear' },
      },
    ],
  },
]
