import { ChunkMissing, loadChunk } from '../../parts/load-chunk.ts'
import { type Language, language } from '../../strings/strings.ts'
import { en } from './en.ts'

export type Words = typeof en

/** What the administration says beside what all pages say. Set once the promise of `loadWords` is resolved. */
export let words: Words = en

const wordsIn = async (tag: Language): Promise<void> => {
  words = en
  if (tag !== 'de') return
  try {
    words = (await loadChunk(() => import('./de.ts'))).de
  } catch (error) {
    // A page half in English is better than none.
    if (!(error instanceof ChunkMissing)) throw error
  }
}

let loaded: { tag: Language; done: Promise<void> } | null = null

/** The same promise every time, for as long as the page is in the same language. */
export const loadWords = (): Promise<void> => {
  if (loaded?.tag !== language) loaded = { tag: language, done: wordsIn(language) }
  return loaded.done
}
