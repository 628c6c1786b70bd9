import { createHandler } from '../ws/connect.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('connect'))
