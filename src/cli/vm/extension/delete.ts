import { defineVerb } from '../../verb.ts'
import { addExtensionOptions, extensionIdsOf, extensionPath, type ExtensionOptions } from './machine-extension.ts'

/** `lanyard vm extension delete` */
export const remove = defineVerb<ExtensionOptions>({
  name: 'delete',
  summary: 'Remove an extension from a virtual machine',
  examples: ['vm extension delete -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux'],
  configure: (command) => {
    addExtensionOptions(command)
  },
  run: async (session, options) => {
    for (const id of await extensionIdsOf(session, options)) {
      await session.arm.callAndWait({ method: 'DELETE', path: extensionPath(id) })
    }
  },
})
