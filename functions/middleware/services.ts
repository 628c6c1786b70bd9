import type { Runtime } from '../fanout/runtime.ts'
import type { FunctionName, SettingsOf } from './configuration.ts'

/** What the handlers of one function cannot decide by themselves: the time, names for new things, and its configuration. */
export type Services<F extends FunctionName = FunctionName> = Pick<Runtime, 'clock' | 'ids'> & {
  settings: SettingsOf<F>
}

/** The functions of the HTTP API. */
export type HttpFunction = 'admin' | 'api' | 'auth'

/** The functions that tell rooms something, and start a repair of what did not arrive. */
export type TellingFunction = HttpFunction | 'connect' | 'disconnect' | 'message' | 'welcome'
export type TellingServices<F extends TellingFunction> = Services<F> & Runtime
