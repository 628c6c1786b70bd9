import { createHandler } from '../background/repair.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('repair'))
