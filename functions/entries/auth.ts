import { createHandler } from '../http/auth.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('auth'))
