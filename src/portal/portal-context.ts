import { createContext, use } from 'react'
import type { LiveCache } from './api/live-cache.ts'
import type { Platform } from './api/platform.ts'
import type { SignInSession } from './auth/sign-in-session.ts'

/** What every page works with. */
export interface Portal {
  readonly tenant: string
  readonly session: SignInSession
  readonly platform: Platform
  readonly cache: LiveCache
}

export const PortalContext = createContext<Portal | undefined>(undefined)

/** The portal around a component. */
export function usePortal(): Portal {
  const portal = use(PortalContext)
  if (!portal) throw new Error('There is no portal around this component.')
  return portal
}
