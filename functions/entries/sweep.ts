import { createHandler } from '../background/sweep.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('sweep'))
