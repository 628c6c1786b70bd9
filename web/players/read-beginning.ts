/** A manifest says what it is in its first line; the root of a DASH one may stand below comments. */
const MOST_BYTES = 16_384
/** Of one that is read to its end. */
const MOST_OF_MANIFEST_BYTES = 262_144

/** What the first bytes of an answer are. `status` is the answer's own where it says that there is nothing. */
export type Beginning =
  /** `manifest`: the whole of it, where it is not too long. */
  | { what: 'hls' | 'dash'; manifest: string | null }
  | { what: 'media' | 'other' }
  | { what: 'refused'; status: number }
  /** No answer that a page may read: not there, or without the header that allows it. */
  | { what: 'unreadable' }
  | { what: 'silence' }

/** What files begin with, and where: mp4 and its kin, Matroska and webm, ogg, tagged mp3, wav and avi, flac, flv, wmv. */
const BINARIES = [
  [4, 'ftyp'],
  [4, 'moov'],
  [4, 'styp'],
  [0, '\x1aE\u00df\u00a3'],
  [0, 'OggS'],
  [0, 'ID3'],
  [0, 'RIFF'],
  [0, 'fLaC'],
  [0, 'FLV'],
  [0, '0&\u00b2u'],
] as const

/** A manifest as a whole, of all else no more than tells what it is. */
const read = async (response: Response): Promise<{ text: string; isWhole: boolean }> => {
  const reader = response.body?.getReader()
  if (reader === undefined) return { text: '', isWhole: true }
  // Latin-1: every byte is one character, so that the beginnings of binary files can be told apart.
  const decoder = new TextDecoder('latin1')
  let text = ''
  const isEnough = () => {
    const kind = kindOf(text)
    if (kind === 'hls' || kind === 'dash') return text.length >= MOST_OF_MANIFEST_BYTES
    return kind !== undefined || text.length >= MOST_BYTES
  }
  while (!isEnough()) {
    const { done, value } = await reader.read()
    if (done) return { text, isWhole: true }
    text += decoder.decode(value, { stream: true })
  }
  // The rest may be a whole film.
  reader.cancel().catch(() => {})
  return { text, isWhole: false }
}

const kindOf = (text: string): 'hls' | 'dash' | 'media' | undefined => {
  const beginning = text.replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '')
  if (beginning.startsWith('#EXTM3U')) return 'hls'
  if (/<(?:\w+:)?MPD[\s>]/.test(beginning)) return 'dash'
  return BINARIES.some(([place, mark]) => text.startsWith(mark, place)) ? 'media' : undefined
}

/** Reads no more of an address than tells what it is. `signal` ends it; what has not come by then is silence. */
export const readBeginning = async (url: string, signal: AbortSignal): Promise<Beginning> => {
  try {
    const response = await fetch(url, { signal, credentials: 'omit' })
    if (!response.ok) return { what: 'refused', status: response.status }
    const type = response.headers.get('content-type') ?? ''
    const { text, isWhole } = await read(response)
    const what = kindOf(text) ?? (/dash\+xml/i.test(type) ? 'dash' : undefined)
    if (what === 'hls' || what === 'dash') return { what, manifest: isWhole ? text : null }
    if (what !== undefined) return { what }
    return { what: /^(?:video|audio)\/(?!.*mpegurl)/i.test(type) ? 'media' : 'other' }
  } catch (error) {
    // The browser tells a page only that it failed.
    return { what: signal.aborted ? 'silence' : error instanceof TypeError ? 'unreadable' : 'silence' }
  }
}
