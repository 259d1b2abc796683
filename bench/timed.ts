// Runs the command that it is given and prints the milliseconds that it took: a stopwatch inside `lanyard run`.
import { millisecondsOf } from './command.ts'

console.log(millisecondsOf(process.argv.slice(2)))
