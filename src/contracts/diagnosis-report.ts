import * as z from 'zod/mini'

/** What to type or to click, for whoever repairs a link. */
export const linkFix = z.object({
  summary: z.string(),
  az: z.optional(z.string()),
  powershell: z.optional(z.string()),
  portal: z.optional(z.string()),
  lanyard: z.optional(z.string()),
})

/** One link of the chain, as `lanyard doctor --json` prints it. */
export const linkReport = z.object({
  id: z.string(),
  title: z.string(),
  /** `unknown`: it cannot be told, and the chain goes on; `skipped`: an earlier link is broken, or it does not concern this host. */
  state: z.enum(['passed', 'failed', 'unknown', 'skipped']),
  detail: z.string(),
  /** Of a failed link. */
  code: z.optional(z.string()),
  cause: z.optional(z.string()),
  fixes: z.optional(z.array(linkFix)),
})

/** The answer of `lanyard doctor --json`. */
export const diagnosisReport = z.object({
  healthy: z.boolean(),
  exitCode: z.number(),
  /** `vm`, `appService`, `arc`, … */
  host: z.string(),
  onLanyard: z.boolean(),
  machineId: z.optional(z.string()),
  links: z.array(linkReport),
})

export type LinkFix = z.infer<typeof linkFix>
export type LinkReport = z.infer<typeof linkReport>
export type DiagnosisReport = z.infer<typeof diagnosisReport>
