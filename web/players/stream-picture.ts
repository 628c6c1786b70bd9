/** How the names of pictures' codecs begin. All others are of sound or of text. */
const PICTURE = /^(?:avc|hvc|hev|dvh|dva|vp0?[89]|av01|mp4v|vvc|vvi)/i

const isShown = (codec: string): boolean =>
  PICTURE.test(codec) && (globalThis.MediaSource?.isTypeSupported(`video/mp4; codecs="${codec}"`) ?? true)

const codecsOf = (manifest: string, kind: 'hls' | 'dash'): (string | undefined)[] => {
  if (kind === 'dash') return [...manifest.matchAll(/\scodecs\s*=\s*["']([^"']*)/g)].map(([, codecs]) => codecs)
  return [...manifest.matchAll(/^#EXT-X-STREAM-INF:.*$/gm)].map(([line]) => /[:,]CODECS="([^"]*)"/.exec(line)?.[1])
}

/** Whether this browser shows any picture of a stream, by what its manifest names; true where that does not say. */
export const showsPicture = (manifest: string, kind: 'hls' | 'dash'): boolean => {
  const named = codecsOf(manifest, kind)
  if (named.length === 0) return true
  return named.some((codecs) => codecs === undefined || codecs.split(',').some((codec) => isShown(codec.trim())))
}
