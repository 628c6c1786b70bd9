import * as z from 'zod'
import manifest from '../../../package.json' with { type: 'json' }
import { ClientEvent } from '../../../protocol/client-events.ts'
import type { Invoked } from '../../staging/in-process.ts'
import { meaningOfEvents } from '../meaning.ts'
import type { Recorded } from '../recorded.ts'
import type { SigningKey } from '../signing-key.ts'
import { readItems } from '../tables.ts'
import { exchangesOf } from './exchanges.ts'
import type { Play } from './play.ts'
import { readBack } from './reads.ts'

const Frame = z.looseObject({ type: z.string() })
const texts = z.record(z.string(), z.string())
const Authorized = z.object({
  event: z.object({ requestContext: z.object({ connectionId: z.string() }) }),
  result: z.object({ context: texts }),
})

/** Frames that a page sent, one of every type and set of fields. */
const clientFrames = (invoked: readonly Invoked[]): Recorded['frames']['client'] => {
  const kinds = new Map<string, z.infer<typeof Frame>>()
  for (const { event } of invoked.filter(({ id }) => id === 'Message')) {
    const { body } = z.object({ body: z.string() }).parse(event)
    if (!body.endsWith('}') || !ClientEvent.safeParse(JSON.parse(body)).success) continue
    const frame = Frame.parse(JSON.parse(body))
    const kind = JSON.stringify([frame.type, Object.keys(frame).sort()])
    if (!kinds.has(kind)) kinds.set(kind, frame)
  }
  return [...kinds.values()].sort((one, other) => (one.type < other.type ? -1 : 1))
}

const nameOf = <T>(record: Record<string, T>, is: (value: T) => boolean): string =>
  Object.entries(record).find(([, value]) => is(value))?.[0] ?? ''

/** What the functions told each other about the sockets that are open now. */
const openSockets = ({ stage, people, rooms }: Play, invoked: readonly Invoked[]): Recorded['events']['sockets'] => {
  const open = new Set(stage.runtime.connections())
  const arrivals = invoked.filter(({ id }) => id === 'Welcome').map(({ event }) => texts.parse(event))
  return invoked
    .filter(({ id }) => id === 'Authorizer')
    .flatMap((one) => {
      const authorized = Authorized.safeParse(one)
      if (!authorized.success || !open.has(authorized.data.event.requestContext.connectionId)) return []
      const { connectionId } = authorized.data.event.requestContext
      const { context } = authorized.data.result
      const arrival = arrivals.find((one) => one.connectionId === connectionId)
      // Its greeting is not over: the row tells of it, and nothing else does.
      if (arrival === undefined) return []
      return [
        {
          who: nameOf(people, ({ id }) => id === context.userId),
          room: nameOf(rooms, ({ code }) => code === context.room),
          connection_id: connectionId,
          context,
          arrival,
        },
      ]
    })
}

const server = ({ watched }: Play): Recorded['frames']['server'] =>
  watched.map(({ who, room, socket }) => ({
    who,
    room,
    heard: socket.texts.map((text) => Frame.parse(JSON.parse(text))),
    meaning: meaningOfEvents(socket.frames),
  }))

/** Everything as the files hold it. */
export const writeDown = async (play: Play, invoked: readonly Invoked[], key: SigningKey): Promise<Recorded> => {
  const { clock, people, rooms, refused } = play
  const answers = { calls: exchangesOf(invoked), reads: await readBack(play) }
  const items = await readItems(play.stage)
  const instant = clock.now()
  const hold = Object.entries(people).filter(([who]) => !(who in refused))
  return {
    cast: {
      version: manifest.version,
      instant,
      people: Object.fromEntries(
        Object.entries(people).map(([who, { name, token: _token, ...person }]) => [
          who,
          { ...person, display_name: name },
        ]),
      ),
      rooms,
    },
    items,
    tokens: {
      signing_key: { id: key.id, value: key.value },
      hold: Object.fromEntries(hold.map(([who, { token }]) => [who, token])),
      refused,
    },
    frames: { client: clientFrames(invoked), server: server(play) },
    answers,
    events: { sockets: openSockets(play, invoked) },
  }
}
