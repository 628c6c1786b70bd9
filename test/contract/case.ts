import type { Media } from '../../protocol/media.ts'
import type { Client, ContractRoom } from './room.ts'

/** Rules of docs/protocol.md, each with what to do in a room of its own and what must come of it. */
export type Cases = Record<string, (open: (media?: Media) => Promise<ContractRoom>) => Promise<void>>

export const film: Media = { url: 'https://video.example/film.mp4', title: 'A film', duration: 7200 }

/** The host and one viewer, both inside, and everybody has heard of both. */
export const hostAndViewer = async (room: ContractRoom): Promise<{ host: Client; viewer: Client }> => {
  const host = await room.enter(room.host)
  const viewer = await room.enter(await room.newMember('Bo'))
  await room.settled()
  return { host, viewer }
}

/** The version that a client holds. */
export const versionOf = (client: Client): number => client.state().playback?.version ?? Number.NaN

export const texts = (messages: readonly { message: string }[]): string[] => messages.map(({ message }) => message)

/** Waits until the condition holds for every one of them. */
export const untilAll = (room: ContractRoom, clients: readonly Client[], isThere: (client: Client) => boolean) =>
  room.venue.until(() => clients.every(isThere), `change for ${clients.map(({ name }) => name).join(' and ')}`)
