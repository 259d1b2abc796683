// What functions use that are evaluated in a page. The library `dom` in its place would be for the server's sources too, which these
// tests import, and some of its types are others than Node's of the same name.
interface ViolationEvent {
  readonly violatedDirective: string
  readonly blockedURI: string
}
interface PageElement {
  readonly textContent: string
  src: string
  addEventListener(type: 'load' | 'error', listener: () => void): void
  append(child: PageElement): void
  submit(): void
}
declare const document: {
  readonly activeElement: PageElement | null
  readonly body: PageElement
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number }
  readonly fonts: { readonly ready: Promise<unknown> }
  addEventListener(type: 'securitypolicyviolation', listener: (event: ViolationEvent) => void): void
  createElement(name: string): PageElement
}
declare const sessionStorage: { getItem(key: string): string | null }
declare const location: { hash: string }
declare function open(url: string): { readonly closed: boolean }
declare function requestAnimationFrame(callback: (time: number) => void): number
interface Navigator {
  readonly clipboard: { writeText(text: string): Promise<void> }
}
