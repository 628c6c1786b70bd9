import { createHandler } from '../ws/message.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('message'))
