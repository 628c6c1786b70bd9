import type { IdSource } from '../domain/ids.ts'
import type { FunctionName, SettingsOf } from './configuration.ts'

/** What the handlers of one function cannot decide by themselves: the time, names for new things, and its configuration. */
export type Services<F extends FunctionName = FunctionName> = {
  /** Epoch milliseconds. */
  clock: () => number
  ids: IdSource
  settings: SettingsOf<F>
}
