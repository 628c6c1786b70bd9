import { type Stored, typeOf } from './files.ts'
import { type ChannelOptions, isThere, picture, sound, stateOf } from './live-channel.ts'
import { dashManifest, masterPlaylist, mediaPlaylist } from './live-manifests.ts'
import type { Manner } from './manner.ts'

/** A live stream that goes on until it is ended. */
export type Channel = {
  /** The playlist with picture and sound. */
  hls: (manner?: Manner) => string
  /** The playlist of the picture alone, which names its segments itself. */
  hlsPicture: (manner?: Manner) => string
  dash: (manner?: Manner) => string
  /** Milliseconds since 1970. */
  beganAt: number
  /** The stream ends with what is listed now. */
  end: () => void
  find: (file: string) => Stored | undefined
}

/** Long enough for any window to be full. */
const BEGAN_BEFORE_MS = 60_000

export const openChannel = (
  { beganAt, windowSegments = 6, dates = true, timeline = false, utcTiming = false }: ChannelOptions,
  clock: () => number,
  address: (file: string, manner?: Manner) => string,
): Channel => {
  const options = { beganAt: beganAt ?? clock() - BEGAN_BEFORE_MS, windowSegments, dates, timeline, utcTiming }
  let endedAt: number | undefined
  const state = () => stateOf(options, clock(), endedAt)

  const bodyOf = (file: string): string | Buffer | undefined => {
    if (file === 'stream.m3u8') return masterPlaylist()
    if (file === 'stream.mpd') return dashManifest(state())
    const [, kind, id, segment] = /^(track|init|part)-([01])(?:-(\d+))?\.\w+$/.exec(file) ?? []
    const track = id === '0' ? picture : sound
    if (kind === 'track') return mediaPlaylist(state(), id === '0' ? 0 : 1)
    if (kind === 'init') return track.init
    return kind === 'part' && isThere(state(), Number(segment)) ? track.segment(Number(segment)) : undefined
  }

  return {
    hls: (manner) => address('stream.m3u8', manner),
    hlsPicture: (manner) => address('track-0.m3u8', manner),
    dash: (manner) => address('stream.mpd', manner),
    beganAt: options.beganAt,
    end: () => {
      endedAt ??= clock()
    },
    find: (file) => {
      const body = bodyOf(file)
      if (body === undefined) return undefined
      return { body: typeof body === 'string' ? Buffer.from(body) : body, type: typeOf(file) }
    },
  }
}
