import { expect } from 'vitest'
import type { ApiError, RoomSession } from '../../client/index.ts'
import type { Media } from '../../protocol/media.ts'
import type { Client, ContractRoom } from './room.ts'

/** Rules of docs/protocol.md, each with what to do in a room of its own and what must come of it. */
export type Cases = Record<string, (open: (media?: Media) => Promise<ContractRoom>) => Promise<void>>

/** So many messages a bucket holds (C3). */
export const BURST = 10

export const film: Media = { url: 'https://video.example/film.mp4', title: 'A film', duration: 7200 }

/** The host and one viewer, both inside, and everybody has heard of both. */
export const hostAndViewer = async (room: ContractRoom): Promise<{ host: Client; viewer: Client }> => {
  const { holder, viewer } = await holderAndViewer(room)
  return { host: holder, viewer }
}

/** Whoever has the right that the case is about, and one viewer, both inside, and everybody has heard of both. */
export const holderAndViewer = async (room: ContractRoom): Promise<{ holder: Client; viewer: Client }> => {
  const holder = await room.enter(room.holder)
  const viewer = await room.enter(await room.newMember('Bo'))
  await room.settled()
  return { holder, viewer }
}

/** The version that a client holds. */
export const versionOf = (client: Client): number => client.state().playback?.version ?? Number.NaN

export const texts = (messages: readonly { message: string }[]): string[] => messages.map(({ message }) => message)

/** Waits until the condition holds for every one of them. */
export const untilAll = (room: ContractRoom, clients: readonly Client[], isThere: (client: Client) => boolean) =>
  room.venue.until(() => clients.every(isThere), `change for ${clients.map(({ name }) => name).join(' and ')}`)

/** Says something through the library, and answers with what it was refused with; undefined where it was not. */
export const refusalOf = (room: ContractRoom, session: RoomSession, message: string): Promise<ApiError | undefined> =>
  room.done(
    session.say(message).then(
      () => undefined,
      (error: ApiError) => error,
    ),
  )

/** The client is closed for good: the goodbye was its last frame, and it does not dial again. */
export const expectClosed = async (
  room: ContractRoom,
  client: Client,
  type: 'REMOVED' | 'ROOM_DELETED',
  code: string,
) => {
  const goodbye = await client.next(type)
  expect(goodbye.code).toBe(code)
  await room.settled()
  expect(client.heard().at(-1)).toBe(type)
  expect(client.state().connection).toEqual({ status: 'closed', code, message: goodbye.message })
  expect(client.dials()).toBe(1)
}

/** Waits until somebody who has joined is greeted. */
export const untilGreeted = (room: ContractRoom, session: RoomSession): Promise<void> =>
  room.venue.until(() => session.store.get().connection.status === 'open', 'a greeting for who has joined')
