// What functions use that are evaluated in a page. The library `dom` in its place would be for the server's sources too, which these
// tests import, and some of its types are others than Node's of the same name.
interface ViolationEvent {
  readonly violatedDirective: string
  readonly blockedURI: string
}
declare const document: {
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number }
  readonly fonts: { readonly ready: Promise<unknown> }
  addEventListener(type: 'securitypolicyviolation', listener: (event: ViolationEvent) => void): void
}
declare function requestAnimationFrame(callback: (time: number) => void): number
