import { loadChunk } from '../parts/load-chunk.ts'
import type { Source } from './source.ts'
import { loadYoutubeScript } from './youtube-script.ts'

// Each is its own file, loaded by the rooms that need it.
const elements = {
  hls: { tag: 'hls-video', load: () => loadChunk(() => import('hls-video-element')) },
  dash: { tag: 'dash-video', load: () => loadChunk(() => import('dash-video-element')) },
  youtube: {
    tag: 'youtube-video',
    load: () => Promise.all([loadChunk(() => import('youtube-video-element')), loadYoutubeScript()]),
  },
  vimeo: { tag: 'vimeo-video', load: () => loadChunk(() => import('vimeo-video-element')) },
} as const

/** An element that plays the source and speaks HTMLMediaElement, whatever is behind it. Rejects where its code cannot be loaded. */
export const createMediaElement = async ({ kind, url }: Source): Promise<HTMLVideoElement> => {
  if (kind !== 'file') await elements[kind].load()
  const element = document.createElement(kind === 'file' ? 'video' : elements[kind].tag) as HTMLVideoElement
  // YouTube would show captions to people who have turned them off; they come with our own button.
  if (kind === 'youtube') Object.assign(element, { config: { cc_load_policy: null } })
  element.setAttribute('playsinline', '')
  element.setAttribute('preload', 'auto')
  element.setAttribute('src', url)
  element.className = 'media'
  // The controls are ours: a participant must not be able to fall out of step by a click on the picture.
  element.tabIndex = -1
  return element
}
