import { randomIds } from '../domain/ids.ts'
import { type FunctionName, readSettings } from '../middleware/configuration.ts'
import type { Services } from '../middleware/services.ts'
import { openTables } from '../table/client.ts'

/**
 * Parses a function's environment, names its tables, and gives its handlers their services. Runs once, when Lambda loads
 * the entry. This is the one place of functions/ that reads `process.env`.
 * @throws Error where a variable is missing or malformed: the function does not start
 */
export const coldStart = <F extends FunctionName>(name: F): Services<F> => {
  const settings = readSettings(name, process.env)
  openTables({
    core: 'CORE_TABLE' in settings ? settings.CORE_TABLE : undefined,
    connections: 'CONNECTIONS_TABLE' in settings ? settings.CONNECTIONS_TABLE : undefined,
  })
  return { clock: () => Date.now(), ids: randomIds, settings }
}
