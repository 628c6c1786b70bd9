import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contractDocuments } from './contract/documents.ts'

// `npm run docs:contract`: writes what is published of the contract anew, from the schemas in protocol/.
for (const [file, text] of Object.entries(contractDocuments()))
  writeFileSync(join(import.meta.dirname, '..', 'docs', file), text)
