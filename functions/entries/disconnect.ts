import { withRepair } from '../background/with-repair.ts'
import { createHandler } from '../ws/disconnect.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(withRepair(coldStart('disconnect')))
