import { MAX_MEDIA_URL_CHARACTERS } from '../../protocol/limits.ts'
import { isThisMachine } from '../../protocol/local-hosts.ts'
import { forBrowsers, schemeProblem } from './app-links.ts'
import { directFile } from './direct-file.ts'
import { isDash, isHls, isPlayedFile } from './file-kinds.ts'
import { addressIn, isLocalPath } from './pasted-address.ts'
import { halfWidth, plainText } from './pasted-text.ts'
import { isPrivate } from './reach.ts'
import { unwrapped } from './redirects.ts'
import { type ServiceProblem, serviceOf } from './services.ts'
import { hashParams, startIn } from './start-time.ts'
import { vimeoOf } from './vimeo.ts'
import { youtubeOf } from './youtube.ts'

type PlayerKind = 'file' | 'hls' | 'dash' | 'youtube' | 'vimeo'
/** `url` is the form that the player and the server take. `start`, in seconds, only where the link says one. */
export type Source = { kind: PlayerKind; url: string; start?: number }
/** An https address of which nothing is known: only a try tells what is there. */
export type Unjudged = { kind: 'unknown'; url: string; start?: number }
export type LinkProblem =
  | ServiceProblem
  | 'notALink'
  | 'onThisDevice'
  | 'torrent'
  | 'notHttps'
  | 'privateNetwork'
  | 'hasPassword'
  | 'tooLong'
  | 'youtubePlaylist'
  | 'youtubeChannel'
  | 'youtubeClip'
  | 'youtubePage'
  | 'vimeoPage'
  | 'notThere'
  | 'unreadable'
  | 'noVideo'
  | 'noStream'
  | 'noAnswer'
  | 'unplayable'
  | 'unplayableFormat'

const parsed = (address: string): URL | undefined => {
  const browsable = forBrowsers(address)
  if (!URL.canParse(browsable)) return undefined
  const url = unwrapped(new URL(browsable))
  // "youtube.com." is the same host.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  return url
}

const secured = (url: URL): URL => {
  const secure = new URL(url.href)
  if (url.protocol === 'http:') secure.protocol = 'https:'
  return secure
}

/** What services make of it: they are https anyway, so http does not matter. */
const ofService = (url: URL): Source | LinkProblem | undefined => {
  const youtube = youtubeOf(url)
  if (youtube !== undefined) return youtube
  // Vimeo hands out files as well, from the same host.
  return isPlayedFile(url) || isHls(url) ? undefined : vimeoOf(url)
}

const kindOf = (url: URL): Source['kind'] | 'unknown' =>
  isHls(url) ? 'hls' : isDash(url) ? 'dash' : isPlayedFile(url) ? 'file' : 'unknown'

const ofUrl = (url: URL): Source | Unjudged | LinkProblem => {
  const scheme = schemeProblem(url.href)
  if (scheme !== undefined) return scheme
  if (!/^\[|\./.test(url.hostname) && !isPrivate(url)) return 'notALink'
  const secure = secured(url)
  const service = ofService(secure)
  if (service !== undefined) return service
  const direct = directFile(secure)
  const plain = direct ?? (serviceOf(secure) === undefined ? url : secure)
  const kind = kindOf(plain)
  const known = direct === undefined && kind === 'unknown' ? serviceOf(secure) : undefined
  if (known !== undefined) return known.problem
  if (plain.protocol === 'http:' && !isThisMachine(plain)) return isPrivate(plain) ? 'privateNetwork' : 'notHttps'
  if (plain.username !== '' || plain.password !== '') return 'hasPassword'
  if (/\.torrent$/i.test(plain.pathname)) return 'torrent'
  const start = startIn(['t'], hashParams(plain))
  // Left in the address, a fragment would move the player of everybody by itself.
  plain.hash = ''
  if (plain.href.length > MAX_MEDIA_URL_CHARACTERS) return 'tooLong'
  return { kind, url: plain.href, ...(start !== undefined && { start }) }
}

/** The address in what was pasted, where one can be read. */
export const addressOf = (pasted: string): URL | undefined => {
  const text = plainText(pasted)
  return parsed(addressIn(text) ?? addressIn(halfWidth(text)) ?? '')
}

/**
 * What a link leads to, judged by its address alone; nothing is fetched. The link may stand in a text.
 * @example sourceOf('Look: https://youtu.be/aqz-KE-bpKQ?t=90') // { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 }
 */
export const sourceOf = (pasted: string): Source | Unjudged | LinkProblem => {
  const text = plainText(pasted)
  // Some keyboards write full-width letters. In the address of a file they may be meant, in that of a service never.
  const plain = halfWidth(text)
  const typed = plain === text ? undefined : parsed(addressIn(plain) ?? '')
  const service = typed === undefined ? undefined : ofService(secured(typed))
  if (typeof service === 'object') return service
  const address = addressIn(text) ?? addressIn(plain)
  if (address === undefined) return isLocalPath(text) ? 'onThisDevice' : 'notALink'
  const url = parsed(address)
  return url === undefined ? (schemeProblem(address) ?? 'notALink') : ofUrl(url)
}

/** The same of an address that is no paste, such as a room's: every character of it counts. */
export const sourceAt = (address: string): Source | Unjudged | LinkProblem => {
  const url = parsed(address)
  return url === undefined ? 'notALink' : ofUrl(url)
}

export const isSource = (found: Source | Unjudged | LinkProblem): found is Source =>
  typeof found !== 'string' && found.kind !== 'unknown'

/** Players inside a frame of somebody else's: they tell their position late and take only a few rates. */
export const isEmbed = ({ kind }: Source): boolean => kind === 'youtube' || kind === 'vimeo'

/** Whether a room's video, by its address, is played by one of these. */
export const isEmbedded = (url: string | undefined): boolean => {
  const found = url === undefined ? undefined : sourceAt(url)
  return found !== undefined && isSource(found) && isEmbed(found)
}
