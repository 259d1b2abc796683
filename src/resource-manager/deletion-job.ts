import type { ResourceGroup } from '../resources/resource.ts'

/**
 * The name of a group's deletion, as Azure writes such names: JSON in base64url. All that a poll needs is in it, so that it
 * is answered after a restart as well.
 */
export function deletionJob({ name, location }: ResourceGroup): string {
  const jobId = `RESOURCEGROUPDELETIONJOB-${name.toUpperCase()}-${location.toUpperCase()}`
  return Buffer.from(JSON.stringify({ jobId, jobLocation: location })).toString('base64url')
}

/** Whether a name was made by `deletionJob`. */
export function isDeletionJob(name: string): boolean {
  try {
    const job: unknown = JSON.parse(Buffer.from(name, 'base64url').toString())
    return (
      typeof job === 'object' &&
      job !== null &&
      'jobId' in job &&
      typeof job.jobId === 'string' &&
      job.jobId.startsWith('RESOURCEGROUPDELETIONJOB-')
    )
  } catch {
    return false
  }
}
