/** The domain of every installation's tenant. Clients may name the tenant by it, as by its id. */
export const tenantDomain = 'lanyard.onmicrosoft.com'
