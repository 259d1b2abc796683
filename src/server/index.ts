/** What the command line starts a platform with. */
export { attach, listenOnControlSocket } from './control-socket.ts'
export { callControl } from './control-call.ts'
export { controlSocketPath, defaultDataPath } from './data-path.ts'
export { openSession, type Session, type SessionFacts } from './session.ts'
export { startPlatform, type Platform } from './start-platform.ts'
export { loadWorld } from './load-world.ts'
export { createLogger } from './logger.ts'
export { administratorName } from '../directory/user.ts'
