import type { Repair } from '../../diagnosis/link.ts'
import { wrapText } from '../output/wrap-text.ts'

const nameOf = (id: string) => id.split('/').at(-1) ?? id

/** How a repair is written into the world file, for a platform that ends with the command that started it. */
export function inTheWorldFile(repair: Repair, width: number): string {
  const lines = changeOf(repair)
  const told = `This platform ends with its run, and a change of it too. ${lines.length > 0 ? 'In lanyard.yaml it is:' : 'Start one that stays: lanyard up'}`
  return [wrapText(told, width), ...lines.map((line) => `   ${line}`)].join('\n')
}

/** How the world file names a principal by the resource whose identity it is. */
function kindOf(id: string): string {
  if (/\/userAssignedIdentities\//i.test(id)) return 'userAssignedIdentity'
  return /\/virtualMachines\//i.test(id) ? 'virtualMachine' : 'machine'
}

function changeOf(repair: Repair): string[] {
  switch (repair.kind) {
    case 'switch-on':
      return [`virtualMachines: [{ name: ${nameOf(repair.machineId)}, systemAssignedIdentity: true }]`]
    case 'attach':
      return repair.selector.by === 'resourceId'
        ? [`virtualMachines: [{ name: ${nameOf(repair.machineId)}, userAssignedIdentities: [${nameOf(repair.selector.value)}] }]`]
        : []
    case 'grant-reader': {
      const group = repair.scope.split('/')[4] ?? ''
      return [
        'roleAssignments:',
        `  - { role: Reader, principal: { ${kindOf(repair.holder)}: ${nameOf(repair.holder)} }, scope: resourceGroups/${group} }`,
      ]
    }
    case 'deploy-extension':
    case 'reset-clock':
      return []
  }
}
