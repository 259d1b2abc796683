import type { AppServiceProtocol } from './app-service.ts'

/**
 * The first token endpoint of App Service, which knows client ids alone and gives a date where the later one gives seconds.
 * Its errors begin their fields with a capital (wire.md D.6).
 */
export const appService2017: AppServiceProtocol = {
  apiVersion: '2017-09-01',
  secretHeader: 'secret',
  selectors: new Map([['clientid', 'clientId']]),
  capitalErrors: true,
  identityNotFound: 'No MSI found for specified ClientId/ResourceId.',
  // As App Service on Linux writes it, `01/20/2021 20:00:31 +00:00`. On Windows it is `1/20/2021 8:00:31 PM +00:00`, which az 2.45
  // cannot read; the libraries of that time read both.
  expiresOn: (seconds) => {
    const [, year = '', month = '', day = '', time = ''] =
      /^(\d+)-(\d\d)-(\d\d)T([\d:]+)/.exec(new Date(seconds * 1000).toISOString()) ?? []
    return `${month}/${day}/${year} ${time} +00:00`
  },
}
