import type { Repair } from '../fanout/runtime.ts'
import type { Services, TellingFunction, TellingServices } from '../middleware/services.ts'
import { startFunction } from './invoke.ts'

/** The services of a function that tells rooms something: what did not arrive is left to the repair function. */
export const withRepair = <F extends TellingFunction>(services: Services<F>): TellingServices<F> => {
  const { REPAIR_FUNCTION }: { REPAIR_FUNCTION: string } = services.settings
  return { ...services, startRepair: (repair: Repair) => startFunction(REPAIR_FUNCTION, repair) }
}
