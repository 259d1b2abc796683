/**
 * What realm discovery answers: the tenant checks passwords itself, for every name, whether there is such a user or not. (Entra says
 * `Unknown` of a domain that it does not know, and clients then send no password.)
 * @param user as in the path
 */
export function userRealm(user: string): object {
  return {
    ver: '1.0',
    account_type: 'Managed',
    domain_name: user.split('@').at(-1) ?? '',
    cloud_instance_name: 'microsoftonline.com',
    cloud_audience_urn: 'urn:federation:MicrosoftOnline',
  }
}
