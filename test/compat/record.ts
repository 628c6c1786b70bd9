/**
 * Records a version: plays through everything that the product does, and writes what it stored and sent into a folder of
 * its own. `npx vitest run --config test/compat/record.config.ts`, then `npx biome format --write test/compat`.
 * It refuses where the folder is there: recorded data never changes.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { indexesIn, lastingIn } from '../stack/lasting.ts'
import type { Invoked } from '../staging/in-process.ts'
import { readTemplate, startStage } from '../staging/stage.ts'
import { lastingTemplate } from './lasting-template.ts'
import { folderOf } from './recorded.ts'
import { accountsOfEveryKind, askWrongly } from './recorder/accounts.ts'
import { DAY_MS, hoursBefore, monthBefore } from './recorder/long-ago.ts'
import { startPastClock } from './recorder/past-clock.ts'
import type { Play } from './recorder/play.ts'
import { endRoom, openFilm, openOthers } from './recorder/rooms.ts'
import { leaveOpen, sendAway, usePage, watchFilm } from './recorder/watching.ts'
import { writeDown } from './recorder/write-down.ts'
import { keyFolder, type SigningKey } from './signing-key.ts'

const INSTANT = Date.UTC(2026, 0, 15, 20)
/** Guards nothing: it signs the tokens of people who never were. */
const KEY: SigningKey = {
  id: '00000000-0000-4000-8000-000000000000',
  value: 'a-throw-away-secret-that-only-signs-recorded-tokens',
}

it('is recorded', async () => {
  const folder = folderOf(manifest.version)
  expect(existsSync(join(folder, 'cast.json')), `test/compat/${manifest.version} is there already`).toBe(false)
  const clock = startPastClock(INSTANT - 31 * DAY_MS)
  // The gateway has no clock of its own to be replaced, and what it stamps is stored.
  Date.now = clock.now
  const folderOfKey = keyFolder(KEY)
  const invoked: Invoked[] = []
  const stage = await startStage({
    template: lastingTemplate(),
    clock: clock.now,
    stateFolder: folderOfKey.stateFolder,
    onInvoked: (one) => invoked.push(one),
  })
  const play: Play = { stage, clock, people: {}, rooms: {}, refused: {}, watched: [] }

  await monthBefore(play)
  await hoursBefore(play, INSTANT)
  clock.jumpTo(INSTANT)
  await openFilm(play)
  await accountsOfEveryKind(play)
  await openOthers(play)
  await askWrongly(play)
  await watchFilm(play)
  await sendAway(play)
  await usePage(play)
  await endRoom(play)
  await leaveOpen(play)
  const template = readTemplate()
  const ofStack = { stack: lastingIn(template), indexes: indexesIn(template) }
  const files = { ...(await writeDown(play, invoked, KEY)), ...ofStack }
  await stage.close()
  folderOfKey.forget()

  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`)
})
