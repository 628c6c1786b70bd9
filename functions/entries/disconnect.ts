import { createHandler } from '../ws/disconnect.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('disconnect'))
