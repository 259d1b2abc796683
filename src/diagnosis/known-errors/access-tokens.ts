import type { KnownError } from '../known-error.ts'

const arm = { client: 'Azure Resource Manager', version: 'all' }

/** A token was shown, and the service does not take it. */
export const accessTokens: readonly KnownError[] = [
  {
    id: 'expired-authentication-token',
    title: 'ExpiredAuthenticationToken',
    depth: 'cause',
    patterns: ["The access token expiry UTC time '{}' is earlier than current UTC time '", 'ExpiredAuthenticationToken'],
    samples: [
      "(ExpiredAuthenticationToken) The access token expiry UTC time '8/17/2017 10:54:41 PM' is earlier than current UTC time '8/17/2017 10:55:46 PM'.",
    ],
    printedBy: [arm],
    meaning: 'The token has passed its end by the clock of the service.',
    causes: [
      {
        cause: 'The program keeps a token for longer than expires_on says.',
        howToTell: 'It fails about 24 hours after the start, and works again after a restart.',
        fixes: {
          az: 'az account get-access-token --query expiresOn -o tsv',
          lanyard: 'lanyard clock move 25h    # shows whether code renews its token\nlanyard clock reset',
        },
      },
      {
        cause: 'The clock of the machine is slow, and the client takes the token for good.',
        howToTell: '"date -u" is behind by minutes or more.',
        fixes: { az: 'sudo timedatectl set-ntp true', powershell: 'w32tm /resync', lanyard: 'lanyard clock reset' },
      },
    ],
  },
  {
    id: 'wrong-audience',
    title: 'InvalidAuthenticationTokenAudience: the token is for another service',
    depth: 'cause',
    patterns: [
      "The access token has been obtained for wrong audience or resource '{audience}'",
      "access token has been obtained for wrong audience or resource '{audience}'",
      'InvalidAuthenticationTokenAudience',
      'AKV10022',
    ],
    samples: [
      "(InvalidAuthenticationTokenAudience) The access token has been obtained for wrong audience or resource 'https://vault.azure.net'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net','https://management.azure.com/','https://management.azure.com'.",
      'AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com/.',
    ],
    printedBy: [arm, { client: 'Azure Key Vault', version: 'all' }],
    meaning: 'A token is for one service. This one was asked for another than the one that it was shown to.',
    causes: [
      {
        cause: 'The "resource" of the token request, or the scope, is that of another service.',
        howToTell: 'The "aud" of the token is not the service that is called.',
        fixes: {
          az: 'az account get-access-token --resource https://management.azure.com/',
          powershell: 'Get-AzAccessToken -ResourceUrl https://management.azure.com/',
          portal: 'Resource ids',
          lanyard: 'lanyard resource-ids list\nlanyard account get-access-token --resource https://management.azure.com/',
        },
      },
    ],
  },
  {
    id: 'wrong-tenant',
    title: 'InvalidAuthenticationTokenTenant: the token is of another tenant',
    depth: 'cause',
    patterns: [
      "The access token is from the wrong issuer '{issuer}'. It must match the tenant '",
      'InvalidAuthenticationTokenTenant',
    ],
    samples: [
      "(InvalidAuthenticationTokenTenant) The access token is from the wrong issuer 'https://sts.windows.net/11111111-1111-4111-8111-111111111111/'. It must match the tenant 'https://sts.windows.net/22222222-2222-4222-8222-222222222222/' associated with this subscription.",
    ],
    printedBy: [arm],
    meaning: 'The subscription belongs to another tenant than the one that signed the token.',
    causes: [
      {
        cause: 'The sign-in was to another tenant. A managed identity lives in the tenant of its subscription and in no other.',
        howToTell: 'Compare the "tid" of the token with the tenant of the subscription.',
        fixes: {
          az: 'az login --tenant {tenant}',
          powershell: 'Connect-AzAccount -Tenant {tenant} -Subscription {subscription}',
          lanyard: 'lanyard login --service-principal --tenant {tenant}',
        },
      },
      {
        cause: 'The subscription was moved to another tenant; its managed identities stay in the old one.',
        howToTell: 'It worked before the move.',
        fixes: {
          az: 'az vm identity remove -g {group} -n {vm}\naz vm identity assign -g {group} -n {vm}',
          portal: 'Virtual machine > Security > Identity > Status: Off, then On',
        },
      },
      {
        cause: 'A token of Azure was shown to Lanyard, or one of Lanyard to Azure.',
        howToTell: 'One of the two requests did not go through "lanyard run".',
        fixes: { lanyard: 'lanyard run -- COMMAND' },
      },
    ],
  },
  {
    id: 'invalid-authentication-token',
    title: 'InvalidAuthenticationToken: the access token is invalid',
    depth: 'cause',
    patterns: [
      '(InvalidAuthenticationToken)',
      '"code":"InvalidAuthenticationToken"',
      'InvalidAuthenticationToken: ',
      'The access token is invalid.',
      'Access token validation failure',
    ],
    samples: [
      '(InvalidAuthenticationToken) The access token is invalid.',
      '{"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure. Invalid audience."}}',
    ],
    printedBy: [arm, { client: 'Microsoft Graph', version: 'all' }],
    meaning:
      'What stands behind "Bearer" is no token that this service can verify: cut off, of an unknown key, or of a principal that is gone.',
    causes: [
      {
        cause: 'The identity was switched off, or its machine deleted, after the token was given out.',
        howToTell: 'The "oid" of the token is of no service principal any more.',
        fixes: {
          az: 'az ad sp show --id {principalId}',
          lanyard: 'lanyard login --identity    # a token of the identity that the machine has now',
        },
      },
      {
        cause: 'The token was cut off or has quotes around it.',
        howToTell: 'It does not have three parts with two dots between them; a variable was filled without -o tsv.',
        fixes: {
          az: 'TOKEN=$(az account get-access-token --query accessToken -o tsv)',
          powershell: '(Get-AzAccessToken).Token | ConvertFrom-SecureString -AsPlainText',
          lanyard: 'TOKEN=$(lanyard account get-access-token --query accessToken -o tsv)',
        },
      },
      {
        cause: 'It was signed by another installation: a platform without --data makes new keys at each start.',
        howToTell: 'The platform was started anew since the sign-in.',
        fixes: { lanyard: 'lanyard login --identity' },
      },
    ],
  },
  {
    id: 'authorization-header-missing',
    title: "AuthenticationFailed: the 'Authorization' header is missing",
    depth: 'cause',
    patterns: ["Authentication failed. The 'Authorization' header is missing", "because of missing 'Authorization' header"],
    samples: ["(AuthenticationFailed) Authentication failed. The 'Authorization' header is missing."],
    printedBy: [arm],
    meaning: 'The request has no token at all.',
    causes: [
      {
        cause: 'The header was lost at a redirect, or was never set.',
        howToTell:
          'Clients drop it when a redirect leads to another host; a path that begins with // is redirected by some proxies.',
        fixes: {
          az: 'az rest --method get --url "https://management.azure.com/subscriptions?api-version=2022-12-01"',
          powershell: 'Invoke-AzRestMethod -Path "/subscriptions?api-version=2022-12-01"',
          lanyard: 'lanyard rest --method get --url "/subscriptions?api-version=2022-12-01"',
        },
      },
    ],
  },
  {
    id: 'jwt-audience-validation',
    title: 'IDX10214: audience validation failed (in an API of your own)',
    depth: 'cause',
    patterns: [
      'IDX10214',
      'jwt audience invalid',
      'unexpected "aud" claim value',
      "Audience doesn't match",
      'InvalidAudienceError',
    ],
    samples: [
      "Microsoft.IdentityModel.Tokens.SecurityTokenInvalidAudienceException: IDX10214: Audience validation failed. Audiences: 'https://management.azure.com/'. Did not match: validationParameters.ValidAudience: 'api://orders'",
      'JsonWebTokenError: jwt audience invalid. expected: api://orders',
      'JWTClaimValidationFailed: unexpected "aud" claim value',
    ],
    printedBy: [
      { client: 'Microsoft.IdentityModel (.NET)', version: '5 and later' },
      { client: 'jsonwebtoken, jose (JavaScript)', version: 'all' },
      { client: 'PyJWT', version: '2 and later' },
    ],
    meaning: 'The API verified the signature; the token is for another audience than the one that the API expects.',
    causes: [
      {
        cause:
          'The caller asked for another resource. "aud" repeats what was asked for, letter for letter, the slash at the end included.',
        howToTell: 'The message has both values.',
        fixes: {
          az: 'az account get-access-token --resource api://APPLICATION --query accessToken -o tsv',
          lanyard: 'lanyard account get-access-token --resource api://APPLICATION --query accessToken -o tsv',
        },
      },
      {
        cause: 'The application takes v2 tokens, whose "aud" is its client id.',
        howToTell: 'The "ver" of the token is 2.0.',
        fixes: {
          az: 'az ad app show --id {clientId} --query api.requestedAccessTokenVersion',
          portal: 'Microsoft Entra ID > App registrations > the application > Manifest: requestedAccessTokenVersion',
        },
      },
    ],
  },
  {
    id: 'jwt-issuer-validation',
    title: 'IDX10205: issuer validation failed (in an API of your own)',
    depth: 'cause',
    patterns: ['IDX10205', 'IDX40001', 'jwt issuer invalid', 'unexpected "iss" claim value', 'InvalidIssuerError'],
    samples: [
      "SecurityTokenInvalidIssuerException: IDX10205: Issuer validation failed. Issuer: 'https://sts.windows.net/11111111-1111-4111-8111-111111111111/'. Did not match: validationParameters.ValidIssuer: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0'",
    ],
    printedBy: [
      { client: 'Microsoft.IdentityModel (.NET)', version: '5 and later' },
      { client: 'jsonwebtoken, jose (JavaScript)', version: 'all' },
    ],
    meaning: 'The token is of another issuer than the one that the API expects.',
    causes: [
      {
        cause:
          'Tokens of managed identities are v1: their issuer is https://sts.windows.net/TENANT/, also when the API reads the v2 discovery document.',
        howToTell: 'The two issuers are of the same tenant and differ in their form.',
        fixes: {
          az: 'az ad app update --id {clientId} --set api.requestedAccessTokenVersion=2    # or accept both issuers in the API',
          portal: 'Microsoft Entra ID > App registrations > the application > Manifest: requestedAccessTokenVersion',
        },
      },
      {
        cause: 'The token is of another tenant.',
        howToTell: 'The tenant ids differ.',
        fixes: { az: 'az account show --query tenantId -o tsv', lanyard: 'lanyard account show --query tenantId -o tsv' },
      },
    ],
  },
  {
    id: 'jwt-lifetime-validation',
    title: 'IDX10223, jwt expired: the token has ended (in an API of your own)',
    depth: 'cause',
    patterns: [
      'IDX10223',
      'IDX10222',
      'jwt expired',
      'jwt not active',
      '"exp" claim timestamp check failed',
      'Signature has expired',
      'The token is not yet valid (nbf)',
      'The token is not yet valid (iat)',
    ],
    samples: [
      "SecurityTokenExpiredException: IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '1/1/2026 10:00:00 AM', Current time (UTC): '1/1/2026 11:00:00 AM'.",
      'TokenExpiredError: jwt expired',
      'JWTExpired: "exp" claim timestamp check failed',
      'jwt.exceptions.ImmatureSignatureError: The token is not yet valid (nbf)',
    ],
    printedBy: [
      { client: 'Microsoft.IdentityModel (.NET)', version: '5 and later' },
      { client: 'jsonwebtoken, jose (JavaScript)', version: 'all' },
      { client: 'PyJWT', version: '2 and later' },
    ],
    meaning: 'By the clock of the API the token is over, or has not begun.',
    causes: [
      {
        cause: 'The caller keeps its token for too long.',
        howToTell: 'The end in the message is the "expires_on" of a token from long ago.',
        fixes: {
          az: 'az account get-access-token --query expiresOn -o tsv',
          lanyard: 'lanyard account get-access-token --query expiresOn -o tsv',
        },
      },
      {
        cause: 'The clocks differ: that of the API, and that of who issued the token.',
        howToTell: 'A token that was just issued fails too.',
        fixes: {
          az: 'sudo timedatectl set-ntp true',
          powershell: 'w32tm /resync',
          lanyard: 'lanyard clock show\nlanyard clock reset',
        },
      },
    ],
  },
  {
    id: 'jwt-signing-key',
    title: 'IDX10501, invalid signature: the key of the token is not in the key set (in an API of your own)',
    depth: 'cause',
    patterns: [
      'IDX10501',
      'IDX10503',
      'IDX10511',
      'Unable to find a signing key that matches',
      'SigningKeyNotFoundError',
      'no applicable key found in the JSON Web Key Set',
    ],
    samples: [
      "SecurityTokenSignatureKeyNotFoundException: IDX10501: Signature validation failed. Unable to match key: kid: 'abc'.",
      "SigningKeyNotFoundError: Unable to find a signing key that matches 'abc'",
      'JWKSNoMatchingKey: no applicable key found in the JSON Web Key Set',
    ],
    printedBy: [
      { client: 'Microsoft.IdentityModel (.NET)', version: '5 and later' },
      { client: 'jwks-rsa, jose (JavaScript)', version: 'all' },
      { client: 'PyJWT', version: '2 and later' },
    ],
    meaning: 'The API looked for the key that signed the token in a key set that does not have it.',
    causes: [
      {
        cause: 'The token is for another service (Microsoft Graph signs some of its own in a way that only Graph can verify).',
        howToTell: 'The "aud" is Graph, and the header of the token has a "nonce".',
        fixes: { az: 'az account get-access-token --resource api://APPLICATION' },
      },
      {
        cause: 'The key set is kept for too long, and the keys were rotated.',
        howToTell: 'A fresh download of the key set has the "kid".',
        fixes: { az: 'curl https://login.microsoftonline.com/common/discovery/keys' },
      },
      {
        cause: 'The token is of Lanyard and the key set of Azure, or the other way round.',
        howToTell: 'The API does not run under "lanyard run", and the caller does.',
        fixes: { lanyard: 'lanyard run -- COMMAND    # for the API as well' },
      },
    ],
  },
  {
    id: 'token-without-tenant',
    title: 'The token does not say its tenant, or is no token',
    depth: 'cause',
    patterns: [
      'The access token does not say its tenant',
      'The token source answered something that is not a token',
      'jwt.exceptions.DecodeError: Not enough segments',
      'DecodeError: Invalid payload padding',
    ],
    samples: ['ERROR: The access token does not say its tenant.', 'jwt.exceptions.DecodeError: Not enough segments'],
    printedBy: [
      { client: 'Lanyard', version: 'all' },
      { client: 'PyJWT, below Azure CLI', version: '2 and later' },
    ],
    meaning:
      'Something answered the token request with 200, and what it gave is not a token of Entra. az reads the tenant out of the token, and so needs a real one.',
    causes: [
      {
        cause: 'A simple emulator, a mock or a sign-in page of a proxy answers at the token address.',
        howToTell: 'The answer is HTML, or its access_token has no dots.',
        fixes: {
          az: 'curl -i --noproxy "*" -H Metadata:true "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"',
          lanyard: 'lanyard doctor',
        },
      },
    ],
  },
]
