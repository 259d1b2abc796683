import { readdirSync } from 'node:fs'
import { defineConfig } from 'oxlint'
import { rooms } from './build/rooms.ts'

const allRooms = readdirSync(new URL('./src', import.meta.url))
const unlisted = allRooms.filter((room) => room !== 'server' && !(room in rooms))
if (unlisted.length > 0) throw new Error(`build/rooms.ts says nothing of the rooms ${unlisted.join(', ')}`)

/** One override a room: importing a room that the table does not grant is an error. `server` joins the parts and may import all. */
const roomOverrides = Object.entries(rooms).map(([room, granted]) => {
  const forbidden = allRooms.filter((other) => other !== room && !granted.includes(other))
  return {
    files: [`src/${room}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbidden.map((other) => `**/${other}/**`),
              message: `${room}/ may import only: ${granted.join(', ') || 'nothing of ours'} (build/rooms.ts)`,
            },
          ],
        },
      ] as never,
    },
  }
})

export default defineConfig({
  plugins: ['typescript', 'import', 'node', 'promise', 'unicorn', 'react', 'jsx-a11y'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  rules: {
    'import/no-cycle': 'error',
    'typescript/no-floating-promises': [
      'error',
      { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe', 'it', 'suite'] }] },
    ],
    // zod/mini's name for a default, since `default` is a keyword
    'no-underscore-dangle': ['error', { allow: ['_default'] }],
    'typescript/no-misused-promises': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'import/no-unassigned-import': 'off',
    // URLSearchParams in a template is what it is for; the compiler sees to missing returns.
    'typescript/restrict-template-expressions': 'off',
    'typescript/consistent-return': 'off',
    'no-shadow': 'off',
    // The compiler puts in what JSX needs.
    'react/react-in-jsx-scope': 'off',
    // A table of ten thousand rows has no rows in the page but those in sight; `pre` and `div` take roles.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'no-await-in-loop': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'promise/always-return': 'off',
    'promise/no-multiple-resolved': 'off',
  },
  overrides: [...roomOverrides],
  ignorePatterns: ['dist', 'node_modules'],
})
