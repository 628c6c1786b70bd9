import type { LinkProblem, Source } from './source.ts'
import { hashParams, startIn } from './start-time.ts'

const HOSTS = /^(?:(?:www|player|m)\.)?(?:vimeo|vimeopro)\.com$/
/** The number behind one of these is not a video's. */
const COLLECTIONS = /^(?:events?|showcases?|albums?|folders?|channels|groups|categories|ondemand|users?|projects?)$/
/** Parts of Vimeo's own: articles, broadcasts, people. A number behind them is none of a video either. */
const PAGES = /^(?:@.*|blog|live|tv|help|features|solutions|jobs|stock|store|search|watch|forums|for-hire)$/i
/** The key of an unlisted video. */
const KEY = /^[0-9a-f]{6,}$/i

/**
 * The video of a Vimeo address, what is missing where it leads to no video, and undefined for an address of somebody
 * else. The number behind "video/" is the video's, else the first that is not a collection's.
 */
export const vimeoOf = (url: URL): Source | LinkProblem | undefined => {
  if (!HOSTS.test(url.hostname)) return undefined
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const isNumber = (part: string | undefined) => /^\d+$/.test(part ?? '')
  const named = parts.findIndex((part, index) => isNumber(part) && /^videos?$/.test(parts[index - 1] ?? ''))
  const isPage = PAGES.test(parts[0] ?? '')
  const loose = isPage
    ? -1
    : parts.findIndex((part, index) => isNumber(part) && !COLLECTIONS.test(parts[index - 1] ?? ''))
  const place = named === -1 ? loose : named
  const chosen = ['video', 'clip_id'].map((name) => url.searchParams.get(name)).find((number) => number !== null)
  const id = parts[place] ?? chosen ?? ''
  if (!isNumber(id) || (parts[0] === 'event' && named === -1)) return 'vimeoPage'
  // What follows the number on a review page is the key of the page.
  const inPath = parts.includes('review') ? '' : (parts[place + 1] ?? '')
  const key = [inPath, url.searchParams.get('h') ?? ''].find((text) => KEY.test(text))
  const start = startIn(['t'], hashParams(url), url.searchParams)
  return {
    kind: 'vimeo',
    url: `https://vimeo.com/${id}${key === undefined ? '' : `/${key}`}`,
    ...(start !== undefined && { start }),
  }
}
