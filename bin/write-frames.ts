import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { framesDocument } from './frames/document.ts'

// `npm run docs:frames`: writes the catalogue of frames anew.
writeFileSync(join(import.meta.dirname, '..', 'docs', 'frames.md'), framesDocument())
