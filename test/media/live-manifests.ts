import { type ChannelState, type LiveTrack, picture, SEGMENT_SECONDS, sound } from './live-channel.ts'

const PICTURE_CODEC = 'avc1.64000a'
const SOUND_CODEC = 'mp4a.40.2'

const listed = ({ first, next }: ChannelState): number[] => Array.from({ length: next - first }, (_, n) => first + n)

export const masterPlaylist = (): string => `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,URI="track-1.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=40000,RESOLUTION=160x90,CODECS="${PICTURE_CODEC},${SOUND_CODEC}",AUDIO="sound"
track-0.m3u8
`

export const mediaPlaylist = (state: ChannelState, id: 0 | 1): string => {
  const track = id === 0 ? picture : sound
  const seconds = (ticks: number): number => ticks / track.ticksPerSecond
  const entry = (segment: number): string[] => [
    ...(state.dates
      ? [
          `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(state.beganAt + seconds(track.startOf(segment)) * 1000)).toISOString()}`,
        ]
      : []),
    `#EXTINF:${seconds(track.ticksOf(segment)).toFixed(6)},`,
    `part-${id}-${segment}.m4s`,
  ]
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${SEGMENT_SECONDS}`,
    `#EXT-X-MEDIA-SEQUENCE:${state.first}`,
    ...(state.windowSegments === Number.POSITIVE_INFINITY ? ['#EXT-X-PLAYLIST-TYPE:EVENT'] : []),
    `#EXT-X-MAP:URI="init-${id}.mp4"`,
    ...listed(state).flatMap(entry),
    ...(state.ended ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')
}

const segmentTemplate = (state: ChannelState, track: LiveTrack): string => {
  const names = `initialization="init-$RepresentationID$.mp4" media="part-$RepresentationID$-$Number$.m4s"`
  if (!state.timeline)
    return `<SegmentTemplate timescale="1000" duration="${SEGMENT_SECONDS * 1000}" startNumber="0" ${names}/>`
  const entries = listed(state).map((segment) => `<S t="${track.startOf(segment)}" d="${track.ticksOf(segment)}"/>`)
  return `<SegmentTemplate timescale="${track.ticksPerSecond}" startNumber="${state.first}" ${names}><SegmentTimeline>${entries.join('')}</SegmentTimeline></SegmentTemplate>`
}

export const dashManifest = (state: ChannelState): string => {
  const began = new Date(state.beganAt).toISOString()
  const window = Number.isFinite(state.windowSegments)
    ? ` timeShiftBufferDepth="PT${state.windowSegments * SEGMENT_SECONDS}S"`
    : ''
  // A stream that has ended is a recording of all of it.
  const kind = state.ended
    ? `type="static" mediaPresentationDuration="PT${state.next * SEGMENT_SECONDS}S"`
    : `type="dynamic" availabilityStartTime="${began}" publishTime="${new Date(state.now).toISOString()}" minimumUpdatePeriod="PT${SEGMENT_SECONDS}S"${window}`
  const whole: ChannelState = state.ended ? { ...state, first: 0 } : state
  const clock =
    state.utcTiming && !state.ended
      ? `<UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="${new Date(state.now).toISOString()}"/>`
      : ''
  return `<?xml version="1.0" encoding="utf-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" ${kind} maxSegmentDuration="PT${SEGMENT_SECONDS}S" minBufferTime="PT${SEGMENT_SECONDS}S">
<Period id="0" start="PT0S">
<AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1"><Representation id="0" codecs="${PICTURE_CODEC}" bandwidth="9000" width="160" height="90" frameRate="10">${segmentTemplate(whole, picture)}</Representation></AdaptationSet>
<AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1"><Representation id="1" codecs="${SOUND_CODEC}" bandwidth="24000" audioSamplingRate="48000">${segmentTemplate(whole, sound)}</Representation></AdaptationSet>
</Period>
${clock}
</MPD>
`
}
