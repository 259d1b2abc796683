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
  expiresOn: (seconds) => {
    const [date = '', time = ''] = dateTime.format(seconds * 1000).split(', ')
    return `${date} ${time.replaceAll('\u202F', ' ')} +00:00`
  },
}

/** 1/20/2021, 8:00:31 PM */
const dateTime = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
})
