/** What a browser says of a file once it has read its beginning. */
export type FileFacts = {
  /** Seconds, kept to the millisecond; null where it never ends, or does not say. */
  duration: number | null
  hasPicture: boolean
  /** Whether viewers can go to another moment. */
  canJump: boolean
}

/** Until when, and whether the length of a recording is worth a jump to its end and back. */
export type Attempt = { signal: AbortSignal; asksLength: boolean }

/** Further than any file reaches: Chromium tells the length of a recording only after a jump behind its end. */
const BEHIND_THE_END_SECONDS = 1e9
const MOST_FOR_LENGTH_MS = 3_000

const once = (element: HTMLVideoElement, names: readonly string[], signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    for (const name of names) element.addEventListener(name, () => resolve(true), { once: true, signal })
    signal.addEventListener('abort', () => resolve(false), { once: true })
  })

const rounded = (seconds: number): number | null =>
  Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) / 1000 : null

/** Of a recording that does not say its length (MediaRecorder writes such files). */
const lengthOfRecording = async (video: HTMLVideoElement, signal: AbortSignal): Promise<number | null> => {
  const told = once(video, ['durationchange', 'seeked', 'error'], signal)
  const patience = new Promise((resolve) => setTimeout(resolve, MOST_FOR_LENGTH_MS))
  video.currentTime = BEHIND_THE_END_SECONDS
  await Promise.race([told, patience])
  return rounded(video.duration)
}

/**
 * What a video element finds out of the address. 'unplayable': this browser gets nothing, or a file that it cannot
 * play. 'silence': nothing came before the signal ended it.
 */
export const loadFile = async (
  url: string,
  { signal, asksLength }: Attempt,
): Promise<FileFacts | 'unplayable' | 'silence'> => {
  const video = document.createElement('video')
  video.preload = 'metadata'
  video.muted = true
  const loaded = once(video, ['loadedmetadata'], signal)
  const failed = once(video, ['error'], signal).then((hasFailed) => !hasFailed)
  video.src = url
  try {
    const isLoaded = await Promise.race([loaded, failed])
    if (signal.aborted) return 'silence'
    if (!isLoaded) return 'unplayable'
    const { seekable, videoWidth } = video
    const reach = seekable.length === 0 ? 0 : seekable.end(seekable.length - 1)
    const isEndless = !Number.isFinite(video.duration)
    return {
      duration: isEndless && asksLength ? await lengthOfRecording(video, signal) : rounded(video.duration),
      hasPicture: videoWidth > 0,
      // Of what has no end nobody knows how far it reaches.
      canJump: isEndless || reach > 0,
    }
  } finally {
    video.removeAttribute('src')
    video.load()
  }
}
