import { foldEvent } from '../../client/room/fold-event.ts'
import { emptyRoom, type RoomState } from '../../client/room/room-state.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Meaning } from './recorded.ts'

const meaningOf = ({ people, messages, playback, media, room, requests }: RoomState): Meaning => ({
  people: people.list.map(({ name }) => name),
  host_id: people.hostId,
  viewers: people.viewers,
  messages: messages.map(({ user, message }) => `${user}: ${message}`),
  playback,
  media,
  room,
  requests: requests.map(({ user }) => user),
})

/** What the page of today makes of these events. */
export const meaningOfEvents = (events: readonly ServerEvent[]): Meaning =>
  meaningOf(events.reduce<RoomState>(foldEvent, emptyRoom))
