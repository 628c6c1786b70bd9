import { join } from 'node:path'

/** Where the source maps of the latest synthesis stay. They are not deployed: they would make every start slower. */
export const sourceMapFolder = join(import.meta.dirname, '..', '.build', 'source-maps')

export const sourceMapOf = (name: string): string => join(sourceMapFolder, `${name}.map`)
