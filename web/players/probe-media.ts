import type { Source } from './source.ts'

const PATIENCE_MS = 6_000

/**
 * Seconds of a video file, null where it does not say in time or another kind of player will know; 'unplayable' where this
 * browser gets the file and cannot play it, or gets no file at all.
 */
export const probeDuration = ({ kind, url }: Source): Promise<number | null | 'unplayable'> => {
  if (kind !== 'file') return Promise.resolve(null)
  return new Promise((resolve) => {
    const video = document.createElement('video')
    const settle = (outcome: number | null | 'unplayable') => {
      clearTimeout(timer)
      video.removeAttribute('src')
      video.load()
      resolve(outcome)
    }
    const timer = setTimeout(() => settle(null), PATIENCE_MS)
    video.preload = 'metadata'
    video.onloadedmetadata = () =>
      settle(Number.isFinite(video.duration) ? Math.round(video.duration * 1000) / 1000 : null)
    video.onerror = () => settle('unplayable')
    video.src = url
  })
}
