import { framesDocument } from '../frames/document.ts'
import { asyncApiDocument } from './asyncapi.ts'
import { openApiDocument } from './openapi.ts'

const json = (document: object): string => `${JSON.stringify(document, null, 2)}\n`

/** What `npm run docs:contract` writes into docs/, by file. */
export const contractDocuments = (): Record<'frames.md' | 'openapi.json' | 'asyncapi.json', string> => ({
  'frames.md': framesDocument(),
  'openapi.json': json(openApiDocument()),
  'asyncapi.json': json(asyncApiDocument()),
})
