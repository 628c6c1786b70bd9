import { strings } from '../strings/strings.ts'
import { probeDuration } from './probe-media.ts'
import { isSource, sourceOf } from './source.ts'

export type LinkedMedia = { url: string; title: null; duration: number | null }

/** The video that every StreamIt brings along. Http is for this machine only, where the local runtime serves it. */
export const sampleLink = (): string => `${location.origin}/sample.mp4`

/** What to tell the server for a typed link (null for none), or the sentence that says why it will not do. */
export const mediaOfLink = async (link: string): Promise<{ media: LinkedMedia | null } | { problem: string }> => {
  if (link.trim() === '') return { media: null }
  const source = sourceOf(link)
  if (!isSource(source)) return { problem: strings.link[source] }
  const duration = await probeDuration(source)
  if (duration === 'unplayable') return { problem: strings.link.unplayable }
  return { media: { url: source.url, title: null, duration } }
}
