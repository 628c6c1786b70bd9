import { lasting } from '../parts/browser-storage.ts'

const KEPT_AS = 'streamit.browser'
const BYTES = 16

/** A mark of this browser: random, says nothing of it, and is kept until its person clears what pages store. */
export const browserMark = (): string => {
  const kept = lasting.read(KEPT_AS)
  if (kept !== null && /^[0-9a-f]{32}$/.test(kept)) return kept
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  const mark = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  lasting.keep(KEPT_AS, mark)
  return mark
}
