import { MAX_MEDIA_URL_CHARACTERS } from '../../protocol/limits.ts'

type PlayerKind = 'file' | 'hls' | 'dash' | 'youtube' | 'vimeo'
/** `url` is the form that the player and the server take. */
export type Source = { kind: PlayerKind; url: string }
export type LinkProblem = 'notALink' | 'notHttps' | 'hasPassword' | 'tooLong' | 'notSupported'

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
const FILE = /\.(mp4|m4v|webm|ogv|ogg|mov)$/i
const YOUTUBE_HOSTS = /^(www\.|m\.|music\.)?(youtube\.com|youtube-nocookie\.com)$/
const VIMEO_HOSTS = /^(www\.|player\.)?vimeo\.com$/
const YOUTUBE_ID = /^[\w-]{11}$/

const youtubeId = (url: URL): string | undefined => {
  const [, first = '', second = ''] = url.pathname.split('/')
  if (url.hostname === 'youtu.be') return first
  if (!YOUTUBE_HOSTS.test(url.hostname)) return undefined
  return ['embed', 'shorts', 'live', 'v'].includes(first) ? second : (url.searchParams.get('v') ?? '')
}

const vimeoPath = (url: URL): string | undefined => {
  if (!VIMEO_HOSTS.test(url.hostname)) return undefined
  // An unlisted video has a second part, the key.
  const [, id = '', path = ''] = /\/(\d+)(?:\/([0-9a-f]+))?/.exec(url.pathname) ?? []
  if (id === '') return ''
  const key = path || (url.searchParams.get('h') ?? '')
  return key === '' ? id : `${id}/${key}`
}

/**
 * What a link leads to, judged by its address alone; nothing is fetched.
 * @example sourceOf('https://youtu.be/aqz-KE-bpKQ') // { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' }
 */
export const sourceOf = (link: string): Source | LinkProblem => {
  const typed = link.trim()
  if (typed.length > MAX_MEDIA_URL_CHARACTERS) return 'tooLong'
  // "example.com/film.mp4" is what people copy from some places.
  const address = /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[\w.-]+:\d/.test(typed) ? typed : `https://${typed}`
  if (!URL.canParse(address) || /\s/.test(typed)) return 'notALink'
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol) || !(url.hostname.includes('.') || LOCAL_HOSTS.has(url.hostname)))
    return 'notALink'
  if (url.protocol === 'http:' && !LOCAL_HOSTS.has(url.hostname)) return 'notHttps'
  if (url.username !== '' || url.password !== '') return 'hasPassword'
  const youtube = youtubeId(url)
  if (youtube !== undefined)
    return YOUTUBE_ID.test(youtube)
      ? { kind: 'youtube', url: `https://www.youtube.com/watch?v=${youtube}` }
      : 'notSupported'
  const vimeo = vimeoPath(url)
  if (vimeo !== undefined) return vimeo === '' ? 'notSupported' : { kind: 'vimeo', url: `https://vimeo.com/${vimeo}` }
  if (/\.m3u8$/i.test(url.pathname)) return { kind: 'hls', url: url.href }
  if (/\.mpd$/i.test(url.pathname)) return { kind: 'dash', url: url.href }
  return FILE.test(url.pathname) ? { kind: 'file', url: url.href } : 'notSupported'
}

export const isSource = (found: Source | LinkProblem): found is Source => typeof found !== 'string'

/** Players inside a frame of somebody else's: they tell their position late and take only a few rates. */
export const isEmbed = ({ kind }: Source): boolean => kind === 'youtube' || kind === 'vimeo'

/** Whether a room's video, by its address, is played by one of these. */
export const isEmbedded = (url: string | undefined): boolean => {
  const found = url === undefined ? undefined : sourceOf(url)
  return found !== undefined && isSource(found) && isEmbed(found)
}
