import { decoded } from './pasted-text.ts'
import type { LinkProblem, Source } from './source.ts'
import { hashParams, startIn } from './start-time.ts'

const HOSTS = /(?:^|\.)(?:youtube\.com|youtube-nocookie\.com|youtube\.googleapis\.com|youtubekids\.com)$/
const SHORT_HOSTS = /(?:^|\.)(?:youtu\.be|y2u\.be)$/
/** Parts of a path behind which an id stands. */
const BEFORE_ID = new Set(['watch', 'embed', 'v', 'vi', 'e', 'shorts', 'live', 'video', 'watch_popup'])
const ID_PARAMS = ['v', 'vi', 'video_id']
const START_PARAMS = ['t', 'start', 'time_continue']
/** As long as an id, and none. */
const NO_IDS = new Set(['videoseries', 'live_stream'])

/** The id at the beginning of a text: people glue all sorts of things to its end. */
const idAt = (text: string | null | undefined): string | undefined => {
  const [, id] = /^([\w-]{11})(?![\w-])/.exec(text ?? '') ?? []
  return id === undefined || NO_IDS.has(id) ? undefined : id
}

/** "v=ID?t=90", "si=x?t=90": a second question mark where an ampersand belongs. */
const unglued = (params: URLSearchParams): URLSearchParams =>
  new URLSearchParams(params.toString().replace(/%3F/g, '&').replace(/%3D/g, '='))

const withoutVideo = (path: string, params: URLSearchParams): LinkProblem => {
  if (/^\/clip\//.test(path)) return 'youtubeClip'
  if (/^\/(?:@|channel\/|c\/|user\/|embed\/live_stream)/.test(path)) return 'youtubeChannel'
  const isList = params.has('list') || /^\/(?:playlist|watch_videos|embed\/videoseries)\b/.test(path)
  return isList ? 'youtubePlaylist' : 'youtubePage'
}

/**
 * The video of a YouTube address, what is missing where it leads to no video, and undefined for an address of somebody
 * else.
 */
export const youtubeOf = (url: URL): Source | LinkProblem | undefined => {
  const isShort = SHORT_HOSTS.test(url.hostname)
  if (!isShort && !HOSTS.test(url.hostname)) return undefined
  // Old and mobile addresses keep the page behind the hash, and "&t=90" is glued to paths that have no "?".
  const route = /^#!?(\/[^?]*)/.exec(url.hash)?.[1] ?? decoded(url.pathname)
  const [path = '', ...glued] = route.split(/[?&]/)
  const lists = [url.searchParams, hashParams(url), new URLSearchParams(glued.join('&'))].map(unglued)
  const parts = path.split('/').filter((part) => part !== '')
  const inPath = parts.flatMap((part, index) => (BEFORE_ID.has(part.toLowerCase()) ? [parts[index + 1]] : []))
  const inParams = lists.flatMap((params) => ID_PARAMS.map((name) => params.get(name)))
  const id = [...inParams, ...inPath, ...(isShort ? [parts[0]] : [])].map(idAt).find((found) => found !== undefined)
  if (id === undefined) return withoutVideo(path, url.searchParams)
  const start = startIn(START_PARAMS, ...lists)
  return { kind: 'youtube', url: `https://www.youtube.com/watch?v=${id}`, ...(start !== undefined && { start }) }
}
