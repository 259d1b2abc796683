import { defineVerb } from '../../verb.ts'
import {
  addExtensionOptions,
  describeExtension,
  extensionColumns,
  extensionIdsOf,
  extensionPath,
  type ExtensionOptions,
} from './machine-extension.ts'

/** `lanyard vm extension show` */
export const show = defineVerb<ExtensionOptions & { readonly instanceView?: boolean }>({
  name: 'show',
  summary: 'Show an extension of a virtual machine',
  examples: ['vm extension show -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux --instance-view'],
  table: extensionColumns,
  configure: (command) => {
    addExtensionOptions(command).option('--instance-view', 'also what it is doing on the machine')
  },
  run: async (session, options) => {
    const expand = options.instanceView ? '&$expand=instanceView' : ''
    const shown: unknown[] = []
    for (const id of await extensionIdsOf(session, options)) {
      shown.push(describeExtension(await session.arm.call({ method: 'GET', path: extensionPath(id) + expand })))
    }
    return shown.length === 1 ? shown[0] : shown
  },
})
