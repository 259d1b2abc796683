import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
export const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Builds and packs the package, and unpacks it into a project that uses it.
 * @param work an empty folder
 * @returns the project's folder
 */
export async function packConsumer(work: string): Promise<string> {
  const source = path.join(work, 'source')
  await run(process.execPath, [path.join(root, 'build', 'bundle.ts'), path.join(source, 'dist')])
  for (const name of ['package.json', 'bin', 'schema'])
    await cp(path.join(root, name), path.join(source, name), { recursive: true })
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work], { cwd: source })
  const consumer = path.join(work, 'consumer')
  const modules = path.join(consumer, 'node_modules')
  await mkdir(modules, { recursive: true })
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }
  await run('tar', ['-xzf', path.join(work, `lanyard-${version}.tgz`), '-C', modules])
  await run('mv', [path.join(modules, 'package'), path.join(modules, 'lanyard')])
  for (const name of ['@azure', '@types', 'undici-types', 'zod']) {
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name))
  }
  return consumer
}

/** The example of that name, which docs/testing.md must show as it is. @throws Error when it does not */
export async function documentedExample(name: string): Promise<string> {
  const example = await readFile(path.join(root, 'examples', 'testing', name), 'utf8')
  const page = await readFile(path.join(root, 'docs', 'testing.md'), 'utf8')
  if (!page.includes(`\`\`\`js\n${example}\`\`\``))
    throw new Error(`docs/testing.md does not show examples/testing/${name} as it is`)
  return example
}
