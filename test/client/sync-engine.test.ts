import { describe, expect, test } from 'vitest'
import { steer } from '../../client/sync/engine.ts'
import type { Reading } from '../../client/sync/player.ts'
import { newSteering, noteStart, type Steering, type View } from '../../client/sync/steering.ts'

// The local clock is 1,000,000 ms behind the server's.
const OFFSET = 1_000_000
const NOW = 50_000
const playing = { is_playing: true, time: 100, at: NOW + OFFSET - 10_000, rate: 1, version: 3 }
/** Where the room is at NOW. */
const HERE = 110

const settled: Steering = { ...newSteering, version: 3, isPrimed: true, isObeyed: true }
const asPaused: Steering = { ...settled, isObeyed: false }

const reading = (position: number, more: Partial<Reading> = {}): Reading => ({
  position,
  rate: 1,
  paused: false,
  buffering: false,
  dragging: false,
  at: NOW,
  ...more,
})

/** Five readings of a player that is `aheadMs` ahead of the room, 50 ms apart. */
const readings = (aheadMs: number, more: Partial<Reading> = {}): Reading[] =>
  [200, 150, 100, 50, 0].map((ago) => reading(HERE + (aheadMs - ago) / 1000, { at: NOW - ago, ...more }))

const view = (more: Partial<View> = {}): View => ({
  playback: playing,
  duration: null,
  clock: { offset: OFFSET },
  now: NOW,
  readings: readings(0),
  canNudge: true,
  ...more,
})

const act = (memory: Steering, more: Partial<View>) => steer(memory, view(more)).action

describe('a player that keeps up', () => {
  test.each([0, 4, -4])('is left alone within the dead band: %i ms', (ahead) => {
    expect(act(settled, { readings: readings(ahead) })).toEqual({ do: 'nothing' })
  })

  test.each([
    [10, 0.985],
    [-10, 1.015],
    [-20, 1.03],
    [200, 0.95],
    [-1_400, 1.05],
  ])('is nudged in proportion and a twentieth at the most: %i ms ahead, rate %f', (ahead, rate) => {
    const action = act(settled, { readings: readings(ahead) })
    expect(action).toEqual({ do: 'nudge', rate: expect.closeTo(rate, 6) })
  })

  test('is nudged until it is well inside the dead band, then set back once', () => {
    const nudged = steer(settled, view({ readings: readings(-12) })).memory
    const within = readings(-4, { rate: 1.01 })
    expect(act(nudged, { readings: within })).toEqual({ do: 'nudge', rate: 1.005 })
    const done = steer(nudged, view({ readings: readings(-1, { rate: 1.01 }) }))
    expect(done).toMatchObject({ action: { do: 'nudge', rate: 1 }, memory: { isNudging: false } })
    expect(act(done.memory, { readings: readings(-4) })).toEqual({ do: 'nothing' })
  })

  test.each([1, 3])('is not moved by bad readings among five (reading %i)', (index) => {
    const bad = readings(0).map((good, n) =>
      n === index || n === 0 ? { ...good, position: good.position + 60 } : good,
    )
    expect(act(settled, { readings: bad })).toEqual({ do: 'nothing' })
  })

  test('is not seeked while one reading of five says that it is near', () => {
    const wild = readings(0).map((good, n) => (n === 4 ? good : { ...good, position: good.position + 60 }))
    expect(act(settled, { readings: wild })).toEqual({ do: 'nothing' })
  })

  test('is not judged by fewer than three readings, nor seeked by fewer than five', () => {
    expect(act(settled, { readings: readings(500).slice(-2) })).toEqual({ do: 'nothing' })
    expect(act(settled, { readings: readings(500).slice(-3) })).toMatchObject({ do: 'nudge' })
    expect(act(settled, { readings: readings(9_000).slice(-3) })).toEqual({ do: 'nothing' })
  })
})

describe('a player in a room that stands', () => {
  const standing = { ...playing, is_playing: false, time: 40 }
  const still = (position: number) => [-100, -50, 0].map((ms) => reading(position, { paused: true, at: NOW + ms }))
  const seeked = { ...asPaused, lastSeek: { at: NOW - 9_000, position: 40, arrivedAt: NOW - 8_000, landed: 40 } }

  test('is asked once for a place of which it reaches only the key frame before', () => {
    const near = { ...seeked, lastSeek: { ...seeked.lastSeek, landed: 37 } }
    expect(act(near, { playback: standing, readings: still(37) })).toEqual({ do: 'nothing' })
  })

  test('is asked once more where its seek ended elsewhere, because something else may have moved it meanwhile', () => {
    const elsewhere = { ...seeked, lastSeek: { ...seeked.lastSeek, landed: 90 } }
    const ask = (missed: number, arrivedAt = NOW - 8_000) =>
      act(
        { ...elsewhere, missed, lastSeek: { ...elsewhere.lastSeek, arrivedAt } },
        { playback: standing, readings: still(90) },
      )
    expect(ask(1)).toEqual({ do: 'seek', position: 40 })
    expect(ask(1, NOW - 3_900)).toEqual({ do: 'nothing' })
    expect(ask(2)).toEqual({ do: 'nothing' })
  })

  test('goes back to where the room stands after something moved it while nobody looked', () => {
    expect(act(seeked, { playback: standing, readings: still(90) })).toEqual({ do: 'seek', position: 40 })
  })
})

describe('a player far from the room', () => {
  test('beyond 1.5 s is seeked to where the room will be once it is there and started', () => {
    const measured = { ...settled, leads: { seek: 400, start: 200 } }
    const { action, memory } = steer(measured, view({ readings: readings(-1_600) }))
    expect(action).toEqual({ do: 'seek', position: HERE + 0.7 })
    expect(memory.awaited).toEqual({ kind: 'seek', position: HERE + 0.7, since: NOW })
  })

  test('is not seeked again before it has cooled down, but nudged', () => {
    const seeked = { ...settled, lastSeek: { at: NOW - 9_900, position: 0, arrivedAt: NOW - 3_900, landed: 0 } }
    expect(act(seeked, { readings: readings(-5_000) })).toEqual({ do: 'nudge', rate: 1.05 })
    expect(act(seeked, { readings: readings(-5_000), now: NOW + 200 })).toMatchObject({ do: 'seek' })
  })

  test('that cannot nudge is left alone up to 0.4 s, and seeked beyond', () => {
    expect(act(settled, { readings: readings(-390), canNudge: false })).toEqual({ do: 'nothing' })
    expect(act(settled, { readings: readings(-410), canNudge: false })).toMatchObject({ do: 'seek' })
  })

  test('because of a command is seeked at once, ahead of the scheduled start', () => {
    const playback = { ...playing, time: 300, at: NOW + OFFSET + 2_000, version: 4 }
    expect(act(settled, { playback })).toEqual({ do: 'seek', position: 300 })
  })
})

describe('nothing is done', () => {
  test('before the first reading or before the clock is known', () => {
    expect(act(newSteering, { readings: [] })).toEqual({ do: 'nothing' })
    expect(act(newSteering, { clock: null })).toEqual({ do: 'nothing' })
  })

  test('to a player that is buffering', () => {
    expect(act(settled, { readings: readings(-9_000, { buffering: true }) })).toEqual({ do: 'nothing' })
  })

  test('to a player that a person drags; let go, it goes back to the room', () => {
    const dragged = steer(settled, view({ readings: readings(900, { dragging: true }) }))
    expect(dragged.action).toEqual({ do: 'nothing' })
    expect(act(dragged.memory, { readings: readings(900) })).toMatchObject({ do: 'seek' })
  })

  test('after the end, by the room or by the player, whichever is shorter', () => {
    const atTheEnd = [reading(109, { paused: true, duration: 109 })]
    expect(act(asPaused, { readings: atTheEnd })).toEqual({ do: 'nothing' })
    expect(act(asPaused, { readings: [reading(107.9, { paused: true })], duration: 108 })).toEqual({ do: 'nothing' })
  })
})

describe('a start', () => {
  const paused = (position: number, more: Partial<Reading> = {}) => [reading(position, { paused: true, ...more })]
  const scheduled = { ...playing, at: NOW + OFFSET + 400, version: 3 }

  test('comes before the scheduled instant by the lead that the player was measured to need', () => {
    const memory = { ...asPaused, leads: { seek: 500, start: 250 } }
    expect(act(memory, { playback: scheduled, readings: paused(100) })).toEqual({
      do: 'start at',
      at: NOW + 150,
      rate: 1,
    })
  })

  test('takes the lead of the seek where no start has been measured', () => {
    const memory = { ...asPaused, leads: { seek: 300, start: null } }
    expect(act(memory, { playback: scheduled, readings: paused(100) })).toMatchObject({ at: NOW + 100 })
  })

  test('on a guess that was too long stands still once until the room is there, and is not seeked', () => {
    const guessed = { ...noteStart(settled, NOW - 1_000, HERE - 1), awaited: null, leads: { seek: 700, start: 50 } }
    expect(act(guessed, { readings: readings(500).slice(-3) })).toEqual({ do: 'nothing' })
    const waiting = steer(guessed, view({ readings: readings(500) }))
    expect(waiting.action).toEqual({ do: 'pause' })
    const paused = [reading(HERE + 0.5, { paused: true })]
    expect(act(waiting.memory, { readings: paused })).toEqual({ do: 'start at', at: NOW + 450, rate: 1 })
    const again = noteStart(waiting.memory, NOW, HERE)
    expect(act({ ...again, awaited: null }, { readings: readings(500) })).toMatchObject({ do: 'nudge' })
  })

  test('on a guess that was good enough is nudged from there on', () => {
    const guessed = { ...settled, isStartGuessed: true }
    const { action, memory } = steer(guessed, view({ readings: readings(60) }))
    expect(action).toMatchObject({ do: 'nudge' })
    expect(act(memory, { readings: readings(500) })).toMatchObject({ do: 'nudge' })
    // Standing still would make it late: it takes longer to start than the room takes to come.
    const slow = { ...guessed, leads: { seek: 1_000, start: 550 } }
    expect(act(slow, { readings: readings(500) })).toMatchObject({ do: 'nudge' })
  })

  test('that would come too late to be made up is prepared further ahead', () => {
    const memory = { ...asPaused, leads: { seek: 500, start: 600 } }
    const step = steer(memory, view({ playback: scheduled, readings: paused(100) }))
    expect(step.action).toEqual({ do: 'seek', position: 100.8 })
    const there = steer(
      step.memory,
      view({ playback: scheduled, now: NOW + 500, readings: paused(100.8, { at: NOW + 500 }) }),
    )
    expect(there.action).toEqual({ do: 'start at', at: NOW + 600, rate: 1 })
  })

  test('that is late in spite of a seek is made at once, not seeked for ever', () => {
    const memory = { ...asPaused, lastSeek: { at: NOW - 2_000, position: 105, arrivedAt: NOW, landed: 105 } }
    expect(act(memory, { readings: paused(105) })).toEqual({ do: 'start at', at: NOW, rate: 1 })
  })

  test('of a late joiner begins with a seek to where the room will be, also where it is near', () => {
    expect(act(newSteering, { readings: paused(0) })).toEqual({ do: 'seek', position: HERE + 1.3 })
    expect(act({ ...asPaused, isPrimed: false }, { readings: paused(HERE + 0.4) })).toMatchObject({ do: 'seek' })
  })

  test('far ahead of the room is no place to wait', () => {
    expect(act(asPaused, { readings: paused(HERE + 10) })).toMatchObject({ do: 'seek' })
  })

  test('is measured by when the pictures began to move, whatever one reading says', () => {
    const started = noteStart(settled, NOW, 110)
    const moving = [400, 450, 500].map((ms) => reading(110 + (ms - 350) / 1000, { at: NOW + ms }))
    const wild = [...moving.slice(0, 2), reading(115, { at: NOW + 475 }), ...moving.slice(2)]
    expect(steer(started, view({ readings: wild, now: NOW + 500 })).memory.leads.start).toBeCloseTo(350, -1)
    const twice = { ...started, leads: { seek: null, start: 250 } }
    expect(steer(twice, view({ readings: moving, now: NOW + 500 })).memory.leads.start).toBeCloseTo(300, 3)
  })

  test('that never happens is given up: after 2 s where the player says it is paused, after 20 s else', () => {
    const started = noteStart(settled, NOW, 110)
    const still = (ms: number, isPaused: boolean) =>
      steer(started, view({ readings: [reading(110, { at: NOW + ms, paused: isPaused })], now: NOW + ms })).memory
        .awaited
    expect(still(1_900, true)).not.toBeNull()
    expect(still(2_100, true)).not.toMatchObject({ kind: 'start' })
    expect(still(19_900, false)).not.toBeNull()
    expect(still(20_100, false)).toBeNull()
  })
})

describe('a paused room', () => {
  const playback = { ...playing, is_playing: false, version: 3 }

  test('pauses the player, even while it is buffering, and then shows the same picture', () => {
    expect(act(settled, { playback, readings: readings(0, { buffering: true }) })).toEqual({ do: 'pause' })
    expect(act(settled, { playback, readings: [reading(100.1, { paused: true })] })).toEqual({
      do: 'seek',
      position: 100,
    })
    expect(act(settled, { playback, readings: [reading(100.02, { paused: true })] })).toEqual({ do: 'nothing' })
    expect(act(newSteering, { playback, readings: [reading(9, { paused: true, buffering: true })] })).toEqual({
      do: 'nothing',
    })
  })

  test('asks a player that only reaches key frames once', () => {
    const { memory } = steer(settled, view({ playback, readings: [reading(90, { paused: true })] }))
    const landed = [reading(98, { paused: true, at: NOW + 300 })]
    expect(steer(memory, view({ playback, readings: landed, now: NOW + 300 })).action).toEqual({ do: 'nothing' })
  })

  test('needs no clock', () => {
    expect(act(newSteering, { playback, clock: null, readings: [reading(0, { paused: true })] })).toMatchObject({
      do: 'seek',
    })
  })

  test('shows no more of the video than there is', () => {
    expect(act(settled, { playback, duration: 60, readings: [reading(0, { paused: true })] })).toEqual({
      do: 'seek',
      position: 60,
    })
  })
})

test('a new version is a new task: what was awaited is forgotten', () => {
  const busy = noteStart(settled, NOW, 110)
  const playback = { ...playing, is_playing: false, version: 4 }
  expect(act(busy, { playback })).toEqual({ do: 'pause' })
})
