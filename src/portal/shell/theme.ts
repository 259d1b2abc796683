import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components'
import { useEffect, useState, useSyncExternalStore } from 'react'

export const themeChoices = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const key = 'lanyard.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')

/** The theme that is shown, what the user chose, and how to choose another. The choice is kept in this browser. */
export function useTheme(): readonly [theme: Theme, choice: ThemeChoice, choose: (choice: ThemeChoice) => void] {
  const systemIsDark = useSyncExternalStore(subscribe, () => dark.matches)
  const [choice, setChoice] = useState(readChoice)
  const isDark = choice === 'system' ? systemIsDark : choice === 'dark'
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  }, [isDark])
  const choose = (next: ThemeChoice) => {
    localStorage.setItem(key, next)
    setChoice(next)
  }
  return [isDark ? webDarkTheme : webLightTheme, choice, choose]
}

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(key)
  return themeChoices.find((one) => one === kept) ?? 'system'
}

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener)
  return () => dark.removeEventListener('change', listener)
}
