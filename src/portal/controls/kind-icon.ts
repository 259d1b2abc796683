import { AppIcon, ClusterIcon, MachineIcon, ServerIcon, TerminalIcon, type Icon } from '../icons/index.ts'
import type { MachineKind } from '../api/machine-kinds.ts'

/** The icon of each kind of machine. */
export const kindIcons: Readonly<Record<MachineKind['icon'], Icon>> = {
  machine: MachineIcon,
  app: AppIcon,
  cluster: ClusterIcon,
  server: ServerIcon,
  terminal: TerminalIcon,
}
