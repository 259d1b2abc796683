export * from './explain.ts'
export * from './known-error.ts'
export { knownErrorGroups, knownErrors } from './known-errors/index.ts'
