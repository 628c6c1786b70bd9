import { isMediaFile, lastPart } from './file-kinds.ts'
import { type Attempt, type FileFacts, loadFile } from './load-file.ts'
import { type Beginning, readBeginning } from './read-beginning.ts'
import { isEmbed, isSource, type LinkProblem, type Source, sourceAt, type Unjudged } from './source.ts'

/** No answer by then is an answer. */
const PATIENCE_MS = 6_000
/** How long a file that has loaded waits to hear that it is a stream: some browsers load the manifest as a file. */
const MOST_FOR_MANIFEST_MS = 1_500

/** What a try of the address brought. `facts` only of files. */
export type Probed = { source: Source; facts: FileFacts | null }
/** `status` is the answer's own. */
export type Failed = { problem: LinkProblem; status?: number }

const after = (milliseconds: number): Promise<Beginning> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, { what: 'silence' }))

const isStream = (beginning: Beginning): beginning is { what: 'hls' | 'dash' } =>
  beginning.what === 'hls' || beginning.what === 'dash'

/** Why no player can do anything with what came. */
const reasonOf = (beginning: Beginning, url: string): Failed => {
  if (beginning.what === 'refused') return { problem: 'notThere', status: beginning.status }
  if (beginning.what === 'silence') return { problem: 'noAnswer' }
  if (beginning.what !== 'media' && beginning.what !== 'unreadable') return { problem: 'noVideo' }
  if (isMediaFile(lastPart(new URL(url)))) return { problem: 'unplayableFormat' }
  return { problem: beginning.what === 'media' ? 'unplayable' : 'unreadable' }
}

const tryUnknown = async ({ url, start }: Unjudged, how: Attempt): Promise<Probed | Failed> => {
  const reading = readBeginning(url, how.signal)
  const loading = loadFile(url, how)
  const loaded = loading.then((facts) => (typeof facts === 'object' ? after(MOST_FOR_MANIFEST_MS) : reading))
  const beginning = await Promise.race([reading, loaded])
  const source = { url, ...(start !== undefined && { start }) }
  if (isStream(beginning)) return { source: { ...source, kind: beginning.what }, facts: null }
  const facts = await loading
  if (typeof facts === 'object') return { source: { ...source, kind: 'file' }, facts }
  if (facts === 'unplayable') return reasonOf(beginning, url)
  // It says that it is a film, and is only slow.
  return beginning.what === 'media' ? { source: { ...source, kind: 'file' }, facts: null } : { problem: 'noAnswer' }
}

const tryFile = async (source: Source, how: Attempt): Promise<Probed | Failed> => {
  const facts = await loadFile(source.url, how)
  // A slow host is no reason to refuse what looks like a file.
  if (facts === 'silence') return { source, facts: null }
  if (facts !== 'unplayable') return { source, facts }
  const beginning = await readBeginning(source.url, how.signal)
  const isTold = beginning.what === 'refused' || beginning.what === 'other' || isStream(beginning)
  return isTold ? reasonOf(beginning, source.url) : { problem: 'unplayable' }
}

const tryStream = async (source: Source, { signal }: Attempt): Promise<Probed | Failed> => {
  const beginning = await readBeginning(source.url, signal)
  if (beginning.what === 'silence' || beginning.what === source.kind) return { source, facts: null }
  if (beginning.what === 'refused') return { problem: 'notThere', status: beginning.status }
  return { problem: beginning.what === 'unreadable' ? 'unreadable' : 'noStream' }
}

const attempt = (found: Source | Unjudged, how: Attempt): Promise<Probed | Failed> => {
  if (found.kind === 'unknown') return tryUnknown(found, how)
  return found.kind === 'file' ? tryFile(found, how) : tryStream(found, how)
}

/** Tries what the address leads to, as a file and as a stream; six seconds at the most. Embeds are not tried. */
export const probe = async (found: Source | Unjudged, asksLength = true): Promise<Probed | Failed> => {
  if (isSource(found) && isEmbed(found)) return { source: found, facts: null }
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), PATIENCE_MS)
  try {
    return await attempt(found, { signal: ending.signal, asksLength })
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
export const resolveSource = async (url: string): Promise<Source | LinkProblem> => {
  const found = sourceAt(url)
  if (typeof found === 'string' || isSource(found)) return found
  const probed = await probe(found, false)
  return 'problem' in probed ? probed.problem : probed.source
}
