import { createHandler } from '../ws/welcome.ts'
import { coldStart } from './cold-start.ts'

export const handler = createHandler(coldStart('welcome'))
