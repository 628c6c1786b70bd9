import { expect } from 'vitest'
import { positionAt } from '../../protocol/playback.ts'
import { type Cases, film, holderAndViewer, untilAll, versionOf } from './case.ts'
import type { ContractRoom } from './room.ts'

/** The lead of PLAY and SEEK (P3). */
const LEAD_MS = 400

/** Whether `at` lies the lead after an instant between the two. */
const expectLead = (room: ContractRoom, at: number, sentAt: number, leadMilliseconds: number): void => {
  expect(at - leadMilliseconds).toBeGreaterThanOrEqual(sentAt)
  expect(at - leadMilliseconds).toBeLessThanOrEqual(room.venue.serverNow())
}

/** A room that plays from 30 s on when the last one leaves it, and how it is found that many milliseconds later. */
const leftAndFound = async (room: ContractRoom, away: number) => {
  const { holder, viewer } = await holderAndViewer(room)
  holder.session.play(30)
  const play = await viewer.next('PLAY')
  holder.session.close()
  await viewer.next('USER_LEFT')
  await room.settled()
  expect(viewer.all('PAUSE')).toEqual([])
  await room.venue.until(() => room.venue.serverNow() > play.at + 200, 'the start')
  viewer.session.close()
  await room.venue.emptyFor(away)
  const again = await room.enter(room.holder)
  return { found: await again.next('PLAYBACK_STATE'), again, play }
}

export const playback: Cases = {
  '[P1] [P4] PLAY, SEEK and PAUSE reach everybody with the whole state, each with the next version': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    const first = versionOf(holder) + 1
    holder.session.play(12.34567)
    const by = { rate: 1, user_id: holder.id }
    const play = { ...by, is_playing: true, time: 12.346, version: first }
    expect(await viewer.next('PLAY')).toMatchObject(play)
    expect(await holder.next('PLAY')).toMatchObject(play)
    holder.session.seek(60)
    const seek = { ...by, is_playing: true, time: 60, version: first + 1 }
    expect(await viewer.next('SEEK')).toMatchObject(seek)
    expect(await holder.next('SEEK')).toMatchObject(seek)
    holder.session.pause(61)
    const pause = { ...by, is_playing: false, time: 61, version: first + 2 }
    expect(await viewer.next('PAUSE')).toMatchObject(pause)
    expect(await holder.next('PAUSE')).toMatchObject(pause)
    await room.settled()
    expect(viewer.state().playback).toEqual(holder.state().playback)
    expect(viewer.state().playback).toMatchObject({ is_playing: false, time: 61, version: first + 2 })
  },

  '[P1] only the socket that sent a command sees its ref again': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    holder.send({ type: 'PLAY', time: 1, ref: 'mine' })
    expect(await holder.next('PLAY')).toMatchObject({ ref: 'mine' })
    expect(await viewer.next('PLAY')).not.toHaveProperty('ref')
  },

  '[P3] PLAY, and SEEK of a playing room, are anchored a lead ahead': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    const began = room.venue.serverNow()
    holder.session.play(10)
    expectLead(room, (await viewer.next('PLAY')).at, began, LEAD_MS)
    const went = room.venue.serverNow()
    holder.session.seek(20)
    expectLead(room, (await viewer.next('SEEK')).at, went, LEAD_MS)
  },

  '[P3] [P5] SEEK of a paused room is anchored a lead ahead, too, and the room stays paused': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    const began = room.venue.serverNow()
    holder.session.seek(90)
    const seek = await viewer.next('SEEK')
    expect(seek).toMatchObject({ is_playing: false, time: 90 })
    expectLead(room, seek.at, began, LEAD_MS)
  },

  '[P3] PAUSE holds from now on': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    holder.session.play(10)
    await viewer.next('PLAY')
    const began = room.venue.serverNow()
    holder.session.pause(10)
    expectLead(room, (await viewer.next('PAUSE')).at, began, 0)
  },

  '[P3] past its end a room stands at the end, and a SEEK back goes on playing': async (open) => {
    const room = await open({ ...film, duration: 60 })
    const { holder, viewer } = await holderAndViewer(room)
    holder.session.play(75)
    const first = await viewer.next('PLAY')
    expect(first).toMatchObject({ is_playing: false, time: 60 })
    holder.session.seek(40)
    expect(await viewer.next('SEEK')).toMatchObject({ is_playing: true, time: 40, version: first.version + 1 })
  },

  '[P8] a late joiner hears where the room is at that moment': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    holder.session.play(30)
    const play = await viewer.next('PLAY')
    await room.venue.until(() => room.venue.serverNow() > play.at + 200, 'the start')
    const late = await room.enter(await room.newMember('Cleo'))
    const state = await late.next('PLAYBACK_STATE')
    expect(state).toMatchObject({ is_playing: true, version: play.version, media: film })
    expect(state.time).toBeGreaterThan(30)
    const later = play.at + 60_000
    expect(positionAt(state, later)).toBeCloseTo(positionAt(play, later), 3)
  },

  '[P1] a time that is none is an ERROR to the sender alone and changes nothing': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    const before = versionOf(holder)
    for (const time of [-0.001, 604_801, 'soon', null]) {
      holder.send({ type: 'PLAY', time, ref: `${time}` })
      expect(await holder.next('ERROR')).toMatchObject({ code: 'invalid_field', re: 'PLAY', ref: `${time}` })
    }
    await room.settled()
    expect([viewer.all('ERROR'), viewer.all('PLAY'), holder.all('PLAY')]).toEqual([[], [], []])
    expect(holder.all('PONG').at(-1)?.version).toBe(before)
  },

  '[P7] a room that everybody left goes on for who comes back within the grace': async (open) => {
    const room = await open(film)
    const { found, again, play } = await leftAndFound(room, 1_000)
    expect(found).toMatchObject({ is_playing: true, version: play.version })
    await untilAll(room, [again], (client) => client.session.phase() === 'playing')
  },

  '[P7] a room that everybody left is paused where it was': async (open) => {
    const room = await open(film)
    const { found, again, play } = await leftAndFound(room, 60_000)
    expect(found).toMatchObject({ is_playing: false, version: play.version + 1 })
    expect(found.time).toBeGreaterThan(30)
    expect(found.time).toBeLessThan(40)
    await untilAll(room, [again], (client) => client.session.phase() === 'paused')
  },
}
