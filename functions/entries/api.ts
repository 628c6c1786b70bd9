import { createHandler } from '../http/api.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('api'))
