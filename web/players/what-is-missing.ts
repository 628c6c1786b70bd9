/** What browsers count of what they have decoded, each in a way of its own. */
type Counting = HTMLVideoElement & {
  nativeEl?: HTMLVideoElement
  webkitAudioDecodedByteCount?: number
  webkitVideoDecodedByteCount?: number
  mozHasAudio?: boolean
}

const HAVE_CURRENT_DATA = 2

const nativeOf = (element: Counting): Counting => element.nativeEl ?? element

/** There is something to see, and this browser shows nothing of it: only sound, or a picture that it cannot decode. */
export const hasNoPicture = (element: HTMLVideoElement): boolean => {
  const { readyState, videoWidth } = nativeOf(element)
  return readyState >= HAVE_CURRENT_DATA && videoWidth === 0
}

/** It has played for a while and this browser has not decoded any sound; false also where the browser cannot tell. */
export const hasNoSound = (element: HTMLVideoElement): boolean => {
  const { mozHasAudio, webkitAudioDecodedByteCount, webkitVideoDecodedByteCount } = nativeOf(element)
  if (mozHasAudio !== undefined) return !mozHasAudio
  return webkitAudioDecodedByteCount === 0 && (webkitVideoDecodedByteCount ?? 0) > 0
}

/** Nothing of it is heard here. Browsers pause such a video by themselves while nobody can see it. */
export const isUnheard = (element: HTMLVideoElement): boolean =>
  element.muted || element.volume === 0 || hasNoSound(element)
