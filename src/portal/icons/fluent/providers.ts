import { createContext } from 'react'

export interface IconDirectionContextValue {
  readonly textDirection?: 'ltr' | 'rtl'
}

/** Fluent tells icons the direction of the text; the portal's are the same in both. */
export const IconDirectionContextProvider = createContext<IconDirectionContextValue>({}).Provider
