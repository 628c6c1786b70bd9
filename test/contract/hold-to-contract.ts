import { afterEach, describe, expect, test } from 'vitest'
import type { Cases } from './case.ts'
import { chat } from './chat.ts'
import { door } from './door.ts'
import { endings } from './endings.ts'
import { greeting } from './greeting.ts'
import { people } from './people.ts'
import { playback } from './playback.ts'
import { repair } from './repair.ts'
import { type ContractRoom, openContractRoom } from './room.ts'
import { settings } from './settings.ts'
import type { Venue } from './venue.ts'

const chapters: Record<string, Cases> = {
  'the greeting': greeting,
  'who is there': people,
  'the door': door,
  playback,
  chat,
  'settings and media': settings,
  'clock and repair': repair,
  endings,
}

/** Registers every case of the contract as a test of this server, each in a room of its own. */
export const holdToContract = (venue: Venue): void => {
  const rooms: ContractRoom[] = []
  afterEach(() => {
    for (const room of rooms.splice(0)) room.close()
  })
  describe.each(Object.entries(chapters))('%s', (_chapter, cases) => {
    test.each(Object.entries(cases))('%s', async (_rule, play) => {
      await play(async (media) => {
        const room = await openContractRoom(venue, media ?? null)
        rooms.push(room)
        return room
      })
      for (const room of rooms) expect(room.violations()).toEqual([])
    })
  })
}
