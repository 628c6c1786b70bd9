import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entriesIn, lookAlikesSource, versionIn } from './look-alikes/source.ts'

// `npm run look-alikes -- confusables.txt`: writes functions/domain/look-alikes.ts anew, from Unicode's file.
const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('Name the file: npm run look-alikes -- confusables.txt')
const confusables = readFileSync(path, 'utf8')
const source = lookAlikesSource(entriesIn(confusables), versionIn(confusables))
writeFileSync(join(import.meta.dirname, '..', 'functions', 'domain', 'look-alikes.ts'), source)
