import { describe, expect, it } from 'vitest'
import { catchUpFrame, commandFrame, playbackStateFrame } from '../../functions/domain/playback.ts'
import { newRoom, type Room } from '../../functions/domain/room.ts'
import { positionAt } from '../../protocol/playback.ts'
import { PlaybackTime } from '../../protocol/playback-time.ts'
import { ServerEvent } from '../../protocol/server-events.ts'

const NOW = 1_790_000_000_000
const media = { url: 'https://media.example/film.mp4', title: null, duration: 100 }
const given = { code: 'K7WQ3F', name: null, is_private: false, entry_mode: null, is_chat_enabled: true }
const made = newRoom({ ...given, media, host_id: 'hana', host: 'Hana', password: null }, NOW, 30)
const room = (change: Partial<Room> = {}): Room => ({
  ...made,
  is_playing: true,
  time: 10,
  at: NOW,
  version: 7,
  ...change,
})

describe('[P3] positionAt', () => {
  const playing = { is_playing: true, time: 10, at: NOW, rate: 1 }
  it.each([
    ['at once', playing, 0, null, 10],
    ['two seconds later', playing, 2000, null, 12],
    ['a millisecond later', playing, 1, null, 10.001],
    ['before it starts', playing, -400, null, 10],
    ['paused', { ...playing, is_playing: false }, 60_000, null, 10],
    ['at double speed', { ...playing, rate: 2 }, 2500, null, 15],
    ['at half speed', { ...playing, rate: 0.5 }, 2000, null, 11],
    ['past the end', playing, 200_000, 100, 100],
    ['past the end while paused', { ...playing, is_playing: false, time: 500 }, 0, 100, 100],
    ['of a video without a known end', playing, 200_000, null, 210],
    ['below zero', { ...playing, is_playing: false, time: -5 }, 0, null, 0],
    ['a year later', playing, 365 * 24 * 3600 * 1000, null, 604_800],
    ['in thirds', { ...playing, time: 0.1, rate: 1 / 3 }, 1000, null, 0.433],
  ])('%s', (_, state, later, duration, position) => {
    expect(positionAt(state, NOW + later, duration)).toBe(position)
  })
})

describe('[P1] a time in a command', () => {
  it.each([
    [0, 0],
    [-0, 0],
    [604_800, 604_800],
    [12.3456, 12.346],
    [0.0004, 0],
  ])('%d is kept as %d', (given, kept) => {
    expect(PlaybackTime.parse(given)).toBeCloseTo(kept, 10)
  })

  it.each([-0.001, 604_800.001, Number.NaN, Number.POSITIVE_INFINITY, '12', null, undefined, [1], true])(
    '%j is none',
    (given) => {
      expect(PlaybackTime.safeParse(given).success).toBe(false)
    },
  )
})

describe('what is told of playback', () => {
  it('[P3] a command tells the state at its own instant', () => {
    const frame = commandFrame('PLAY', room({ at: NOW + 400 }), 'hana')
    expect(ServerEvent.parse(frame)).toEqual(frame)
    expect(frame).toEqual({
      ...{ type: 'PLAY', is_playing: true, time: 10, at: NOW + 400, rate: 1, version: 7, user_id: 'hana' },
    })
    expect(commandFrame('PAUSE', room({ is_playing: false }), null)).toMatchObject({ type: 'PAUSE', user_id: null })
    expect(commandFrame('SEEK', room({ time: 500 }), 'hana')).toMatchObject({ type: 'SEEK', time: 100 })
  })

  it.each([
    ['later', room(), 5000, { time: 15, at: NOW + 5000 }],
    ['before a start that lies ahead', room({ at: NOW + 400 }), 100, { time: 10, at: NOW + 400 }],
    ['at the end', room(), 500_000, { time: 100, at: NOW + 500_000 }],
    ['paused', room({ is_playing: false }), 5000, { time: 10, at: NOW + 5000, is_playing: false }],
  ])('[P8] the state told %s', (_, one, later, expected) => {
    const frame = playbackStateFrame(one, NOW + later)
    expect(ServerEvent.parse(frame)).toEqual(frame)
    expect(frame).toMatchObject({ type: 'PLAYBACK_STATE', version: 7, media, ...expected })
    expect(frame).not.toHaveProperty('ref')
  })

  it('[X2] a state that was asked for repeats the mark', () => {
    expect(playbackStateFrame(room(), NOW, 'mine')).toMatchObject({ ref: 'mine' })
  })

  it.each([
    [true, 'PLAY', 15],
    [false, 'PAUSE', 10],
  ])('[W3] what was missed is told as an ordinary command (playing: %s)', (is_playing, type, time) => {
    const frame = catchUpFrame(room({ is_playing }), NOW + 5000)
    expect(ServerEvent.parse(frame)).toEqual(frame)
    expect(frame).toMatchObject({ type, time, at: NOW + 5000, version: 7 })
  })
})
