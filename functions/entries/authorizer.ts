import { createHandler } from '../ws/authorizer.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('authorizer'))
