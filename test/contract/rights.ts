import { expect } from 'vitest'
import { type Cases, film, hostAndViewer, untilAll, versionOf } from './case.ts'
import type { Client, ContractRoom } from './room.ts'

type Losing = (room: ContractRoom, host: Client, viewer: Client) => Promise<unknown>

const giveRole = (room: ContractRoom, role: 'cohost' | 'participant', { id }: Client) =>
  room.callAsHost('rooms/role', { room_id: room.code, user_id: id, role })

const giveControl = (room: ContractRoom, control: 'EVERYONE' | 'HOSTS') =>
  room.callAsHost('rooms/settings', { room_id: room.code, control })

/** Who lacks the command, and how a viewer came to be that. */
const lacking: Record<string, Losing> = {
  'a participant': async () => undefined,
  'who was a co-host': async (room, host, viewer) => {
    await giveRole(room, 'cohost', viewer)
    viewer.session.play(3)
    await host.next('PLAY')
    await giveRole(room, 'participant', viewer)
    await untilAll(room, [host, viewer], (client) => client.state().room?.cohosts?.length === 0)
  },
  'a member of a room that was everyone’s to command': async (room, host, viewer) => {
    await giveControl(room, 'EVERYONE')
    viewer.session.play(3)
    await host.next('PLAY')
    await giveControl(room, 'HOSTS')
    await untilAll(room, [host, viewer], (client) => client.state().room?.control === 'HOSTS')
  },
}

const silence = (who: string, lose: Losing): [string, Cases[string]] => [
  `[P2] a command of ${who} is heard by nobody and changes nothing, whatever it says`,
  async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    await lose(room, host, viewer)
    await room.settled()
    const [before, heard] = [versionOf(host), [host.heard(), viewer.heard()]]
    for (const time of [5, -1, 'soon']) viewer.send({ type: 'PLAY', time, ref: 'mine' })
    viewer.send({ type: 'PAUSE', time: 5 })
    viewer.send({ type: 'SEEK' })
    await room.settled()
    expect([host.heard(), viewer.heard()]).toEqual(heard)
    expect(host.all('PONG').at(-1)?.version).toBe(before)
  },
]

/** What a right is not, and who has none. */
export const rights: Cases = {
  ...Object.fromEntries(Object.entries(lacking).map(([who, lose]) => silence(who, lose))),

  '[R22] a co-host is a fact of the room, and does nothing that is the host’s alone': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const other = await room.enter(await room.newMember('Cleo'))
    for (const client of [viewer, other]) await giveRole(room, 'cohost', client)
    const cohosts = [viewer.id, other.id]
    await untilAll(room, [host, viewer, other], ({ state }) => state().room?.cohosts?.length === 2)
    expect(new Set(viewer.state().room?.cohosts)).toEqual(new Set(cohosts))
    for (const { user_id, role } of host.state().people.list) expect(role).toBe(user_id === host.id ? 'host' : 'cohost')
    const { code: room_id } = room
    const user_id = other.id
    for (const ask of [
      () => viewer.call('rooms/role', { room_id, user_id, role: 'participant' }),
      () => viewer.call('rooms/kick', { room_id, user_id }),
      () => viewer.call('rooms/mute', { room_id, user_id, seconds: 60 }),
      () => viewer.call('rooms/settings', { room_id, control: 'EVERYONE' }),
      () => viewer.call('rooms/transfer', { room_id, user_id }),
      () => viewer.call('rooms/delete', { room_id }),
    ])
      await expect(ask()).rejects.toMatchObject({ status: 403, code: 'not_host' })
    await host.call('rooms/kick', { room_id, user_id })
    await untilAll(room, [host, viewer], ({ state }) => state().room?.cohosts?.join() === viewer.id)
  },

  '[R22] a co-host neither mutes the host, nor lets themselves write again': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const { code: room_id } = room
    await giveRole(room, 'cohost', viewer)
    await host.call('rooms/mute', { room_id, user_id: viewer.id, seconds: 60 })
    await viewer.next('MUTED')
    for (const ask of [
      () => viewer.call('rooms/unmute', { room_id, user_id: viewer.id }),
      () => viewer.call('rooms/mute', { room_id, user_id: viewer.id, seconds: 1 }),
      () => viewer.call('rooms/mute', { room_id, user_id: host.id, seconds: 60 }),
      () => viewer.call('rooms/unmute', { room_id, user_id: host.id }),
    ])
      await expect(ask()).rejects.toMatchObject({ status: 403, code: 'not_host' })
    await room.settled()
    expect([host.all('MUTED').length, viewer.all('MUTED').length]).toEqual([0, 1])
    await host.call('rooms/unmute', { room_id, user_id: viewer.id })
    expect(await viewer.next('MUTED')).toMatchObject({ until: null })
  },

  '[R23] where the room is everyone’s to command, nobody has another right by it': async (open) => {
    const room = await open(film)
    const { viewer } = await hostAndViewer(room)
    await giveControl(room, 'EVERYONE')
    const { code: room_id } = room
    await expect(viewer.call('rooms/settings', { room_id, media: null })).rejects.toMatchObject({ code: 'not_host' })
    await expect(viewer.call('rooms/clear-chat', { room_id })).rejects.toMatchObject({ code: 'not_host' })
  },
}
