/** A machine of the world, with listeners of its own. */
export interface TestMachine {
  /** ARM id. */
  readonly id: string
  /** The environment of a child process that runs as this machine: that of `base` (`process.env`), and what `lanyard run` sets. */
  environment(base?: Readonly<Record<string, string | undefined>>): Record<string, string | undefined>
  /** What the machine's host alone gives its code (`IDENTITY_ENDPOINT`, …), for credentials in this process. Nothing for a VM. */
  readonly hostEnvironment: Readonly<Record<string, string>>
  /** `http://127.0.0.1:PORT`: requests through this proxy are the machine's. */
  readonly proxyUrl: string
  /** The same, as the clients of the Azure SDK for JavaScript take it. */
  readonly proxyOptions: { readonly host: string; readonly port: number }
}
