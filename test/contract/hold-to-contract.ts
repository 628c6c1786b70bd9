import { afterEach, describe, expect, test } from 'vitest'
import { rolesWith } from '../../functions/domain/rights.ts'
import { type Right, rightsOfEveryone } from '../../protocol/roles.ts'
import type { Cases } from './case.ts'
import { chat } from './chat.ts'
import { choosing } from './choosing.ts'
import { door } from './door.ts'
import { endings } from './endings.ts'
import { greeting } from './greeting.ts'
import { moderation } from './moderation.ts'
import { people } from './people.ts'
import { playback } from './playback.ts'
import { repair } from './repair.ts'
import { rights } from './rights.ts'
import { type ContractRoom, type Holder, openContractRoom } from './room.ts'
import { settings } from './settings.ts'
import type { Venue } from './venue.ts'
import { waiting } from './waiting.ts'

/** `right`: what the cases are about. They run once for each way to have it. */
type Chapter = { title: string; cases: Cases; right?: Right }

const chapters: Chapter[] = [
  { title: 'the greeting', cases: greeting },
  { title: 'who is there', cases: people },
  { title: 'the door', cases: door, right: 'moderate' },
  { title: 'who waits', cases: waiting, right: 'moderate' },
  { title: 'rights', cases: rights },
  { title: 'playback', cases: playback, right: 'command' },
  { title: 'chat', cases: chat },
  { title: 'moderation of the chat', cases: moderation, right: 'moderate' },
  { title: 'settings', cases: settings },
  { title: 'the video', cases: choosing, right: 'choose' },
  { title: 'clock and repair', cases: repair },
  { title: 'endings', cases: endings },
]

const titleOf: Record<Holder, string> = {
  host: '',
  cohost: ', by a co-host',
  everyone: ', by a member where everyone may',
}

/** By protocol/roles.ts; the host where it is about no right. */
const holdersOf = (right: Right | undefined): Holder[] => {
  if (right === undefined) return ['host']
  return [...rolesWith(right), ...(rightsOfEveryone.includes(right) ? ['everyone' as const] : [])]
}

const scenes = chapters.flatMap(({ title, cases, right }) =>
  holdersOf(right).map((holder) => ({ title: `${title}${titleOf[holder]}`, cases, holder })),
)

/** Registers every case of the contract as a test of this server, each in a room of its own. */
export const holdToContract = (venue: Venue): void => {
  const rooms: ContractRoom[] = []
  afterEach(() => {
    for (const room of rooms.splice(0)) room.close()
  })
  describe.each(scenes)('$title', ({ cases, holder }) => {
    test.each(Object.entries(cases))('%s', async (_rule, play) => {
      await play(async (media) => {
        const room = await openContractRoom(venue, holder, media ?? null)
        rooms.push(room)
        return room
      })
      for (const room of rooms) expect(room.violations()).toEqual([])
    })
  })
}
