import { failureOf } from './failure.ts'

/** Says why nobody is signed in, and lets them try again. Drawn by hand: the styles of the portal may not be there yet. */
export function showSignInFailure(element: Element, error: unknown, signIn: () => void): void {
  const main = document.createElement('main')
  main.className = 'sign-in-failure'
  const heading = document.createElement('h1')
  heading.textContent = 'You are not signed in'
  const reason = document.createElement('p')
  reason.setAttribute('role', 'alert')
  reason.textContent = failureOf(error).message
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Sign in'
  button.addEventListener('click', signIn)
  main.append(heading, reason, button)
  element.replaceChildren(main)
  document.title = 'Sign in - Lanyard'
}
