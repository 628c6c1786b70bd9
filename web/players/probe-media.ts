import { isMediaFile, lastPart } from './file-kinds.ts'
import { type Attempt, type FileFacts, loadFile } from './load-file.ts'
import { type Beginning, readBeginning } from './read-beginning.ts'
import { isEmbed, isSource, type LinkProblem, type Source, sourceAt, type Unjudged } from './source.ts'
import { showsPicture } from './stream-picture.ts'

/** No answer by then is an answer. */
const PATIENCE_MS = 6_000
/** How long a file that has loaded waits to hear that it is a stream: some browsers load the manifest as a file. */
const MOST_FOR_MANIFEST_MS = 1_500

/** What a try of the address brought. `facts` where something was read. */
export type Probed = { source: Source; facts: FileFacts | null }
/** `status` is the answer's own. */
export type Failed = { problem: LinkProblem; status?: number }

const after = (milliseconds: number): Promise<Beginning> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, { what: 'silence' }))

type StreamBeginning = Extract<Beginning, { what: 'hls' | 'dash' }>

const isStream = (beginning: Beginning): beginning is StreamBeginning =>
  beginning.what === 'hls' || beginning.what === 'dash'

const isNamedStream = ({ kind }: Source | Unjudged): boolean => kind === 'hls' || kind === 'dash'

const as = ({ url, start }: Source | Unjudged, kind: Source['kind'], facts: FileFacts | null = null): Probed => ({
  source: { kind, url, ...(start !== undefined && { start }) },
  facts,
})

const asStream = (found: Source | Unjudged, { what, manifest }: StreamBeginning): Probed => {
  const hasPicture = manifest === null || showsPicture(manifest, what)
  return as(found, what, { duration: null, hasPicture, canJump: true })
}

/** Why no player can do anything with what came. */
const reasonOf = (beginning: Beginning, found: Source | Unjudged): Failed => {
  if (beginning.what === 'refused') return { problem: 'notThere', status: beginning.status }
  if (beginning.what === 'other') return { problem: isNamedStream(found) ? 'noStream' : 'noVideo' }
  // A file by its name: what the browser has said of it counts, whether or not a page may read it.
  if (found.kind === 'file') return { problem: 'unplayable' }
  if (beginning.what === 'silence') return { problem: 'noAnswer' }
  const isNamed = isMediaFile(lastPart(new URL(found.url))) && !isNamedStream(found)
  if (isNamed) return { problem: 'unplayableFormat' }
  return { problem: beginning.what === 'media' ? 'unplayable' : 'unreadable' }
}

/** As a file and as a stream at once: the name of it says neither, or says a file. */
const tryBoth = async (found: Source | Unjudged, how: Attempt): Promise<Probed | Failed> => {
  const reading = readBeginning(found.url, how.signal)
  const loading = loadFile(found.url, how)
  const loaded = loading.then((facts) => (typeof facts === 'object' ? after(MOST_FOR_MANIFEST_MS) : reading))
  const beginning = await Promise.race([reading, loaded])
  if (isStream(beginning)) return asStream(found, beginning)
  const facts = await loading
  if (typeof facts === 'object') return as(found, 'file', facts)
  if (facts === 'unplayable' || beginning.what === 'refused') return reasonOf(beginning, found)
  // A slow host is no reason to refuse what says by its name or by its first bytes that it is a film.
  return found.kind === 'file' || beginning.what === 'media' ? as(found, 'file') : { problem: 'noAnswer' }
}

/** A manifest is read first: as a file some browsers would load the whole stream. */
const tryStream = async (found: Source, how: Attempt): Promise<Probed | Failed> => {
  const beginning = await readBeginning(found.url, how.signal)
  if (isStream(beginning)) return asStream(found, beginning)
  if (beginning.what === 'silence') return as(found, found.kind)
  if (beginning.what === 'refused' || beginning.what === 'unreadable') return reasonOf(beginning, found)
  const facts = await loadFile(found.url, how)
  return typeof facts === 'object' ? as(found, 'file', facts) : reasonOf(beginning, found)
}

/**
 * Tries what the address leads to, as a file and as a stream; six seconds at the most. What is there counts, and not how the
 * address ends. Embeds are not tried.
 */
export const probe = async (found: Source | Unjudged, asksLength = true): Promise<Probed | Failed> => {
  if (isSource(found) && isEmbed(found)) return { source: found, facts: null }
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), PATIENCE_MS)
  const how = { signal: ending.signal, asksLength }
  try {
    return await (isSource(found) && isNamedStream(found) ? tryStream(found, how) : tryBoth(found, how))
  } finally {
    // What is still on its way is not needed any more.
    clearTimeout(timer)
    ending.abort()
  }
}

/**
 * What a room's address leads to: what it says itself, else what is there. Six seconds at the most.
 * @example await resolveSource('https://cdn.example/download?id=7') // { kind: 'file', url: 'https://cdn.example/download?id=7' }
 */
export const resolveSource = async (url: string): Promise<Source | Failed> => {
  const found = sourceAt(url)
  if (typeof found === 'string') return { problem: found }
  if (isSource(found)) return found
  const probed = await probe(found, false)
  return 'problem' in probed ? probed : probed.source
}
