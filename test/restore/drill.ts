import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTables, startDynamoDb } from '../../local/dynamodb.ts'
import { type Runtime, startRuntime } from '../../local/runtime.ts'
import { readTables, type Table } from '../../local/template/tables.ts'
import type { Template } from '../../local/template/template.ts'
import { addDirectory, assertSame, backfill, itemsBefore, tableBefore } from './before-directory.ts'
import { openPage, type Page, shows, signIn, until } from './page.ts'
import { itemsOf, loseAll, openClient, restoreTo } from './tables.ts'

type Synthesised = { template: Template; assets: string }
type Drill = {
  /** The stage as it is, with a core table of its own. */
  own: Synthesised
  /** The same with the setting `coreTable`. */
  moved: Synthesised
  restoredName: string
  say: (step: string) => void
}

const BEFORE = ['The first', 'The second']
const AFTER = ['Said after the moment that is restored']

const ownCoreTable = (template: Template): Table => {
  const table = readTables(template).find(({ disposable }) => !disposable)
  if (table === undefined) throw new Error('The stage has no core table of its own.')
  return table
}

/** A film that two people watch. What is said and commanded goes through their pages. */
const watch = async (origin: string) => {
  const [hostApi, viewerApi] = [await signIn(origin, 'Hana'), await signIn(origin, 'Vera')]
  const { code } = await hostApi.call('rooms/create', { is_private: false, name: 'Restore drill' })
  const [host, viewer] = [await openPage(hostApi, code), await openPage(viewerApi, code)]
  for (const text of BEFORE) await host.session.say(text)
  host.session.play(42)
  await until(() => shows(viewer).messages.length === BEFORE.length && shows(viewer).plays === true, 'the film')
  return { code, host, viewer }
}

/** What happens after the moment that is restored, and is lost by it: their pages hold more than the table will. */
const goOn = async (host: Page, viewer: Page): Promise<void> => {
  for (const text of AFTER) await host.session.say(text)
  for (const time of [100, 200, 300]) host.session.seek(time)
  host.session.pause(300)
  await until(() => shows(viewer).plays === false && shows(viewer).messages.includes(AFTER[0] ?? ''), 'the pause')
}

/** Nobody has loaded a page again: each shows what was restored, and what comes after. */
const findTruth = async ({ host, viewer, code }: Awaited<ReturnType<typeof watch>>, then: ReturnType<typeof shows>) => {
  for (const page of [host, viewer])
    await until(
      () => page.state().connection.status === 'open' && shows(page).version === then.version,
      'the restored film',
    )
  for (const page of [host, viewer]) {
    const { messages, ...film } = shows(page)
    // What a page has heard since stays on it, until it is loaded again: it was said, and nobody else sees it.
    assert.deepEqual({ ...film, messages: messages.filter((text) => !AFTER.includes(text)) }, then)
  }
  await viewer.session.say('We go on')
  host.session.pause(50)
  for (const page of [host, viewer])
    await until(() => shows(page).plays === false && shows(page).messages.at(-1) === 'We go on', 'what comes after')
  const { rooms } = await host.api.call('rooms/mine', {})
  assert.deepEqual(
    rooms.map((room) => room.code),
    [code],
  )
}

/**
 * The restore procedure of docs/operations.md on this machine: a room loses its data while people watch, a copy of an
 * earlier moment takes its place, and they go on.
 * @throws Error with what is not as it has to be
 */
export const drill = async ({ own, moved, restoredName, say }: Drill): Promise<void> => {
  const stateFolder = mkdtempSync(join(tmpdir(), 'streamit-restore-'))
  const dynamodb = await startDynamoDb()
  const client = openClient(dynamodb.endpoint)
  const pages: Page[] = []
  let runtime: Runtime | undefined
  const deploy = async ({ template, assets }: Synthesised, port = 0): Promise<Runtime> => {
    await createTables(dynamodb.endpoint, template, { emptyDisposable: true })
    return startRuntime({ template, assets, port, dynamodb: dynamodb.endpoint, stateFolder })
  }
  try {
    runtime = await deploy(own)
    const core = ownCoreTable(own.template)
    const film = await watch(runtime.url)
    pages.push(film.host, film.viewer)
    const then = shows(film.viewer)
    const copy = await itemsOf(client, core.name)
    say(
      `A room, two people, ${BEFORE.length} messages, a film at 42 s. This moment is what will be restored: ${copy.length} items.`,
    )
    await goOn(film.host, film.viewer)
    say(`They go on: version ${shows(film.viewer).version} of the film, one message more. Their pages hold all of it.`)

    await runtime.close()
    await loseAll(client, core)
    say(`The table ${core.name} has lost everything.`)
    await restoreTo(client, restoredName, tableBefore(core), itemsBefore(copy))
    say(`Restored to the table ${restoredName}, as a moment before the index directory had it; expiry switched on.`)
    await addDirectory(client, restoredName, core)
    say(`The index is added, and npm run backfill says: ${await backfill(dynamodb.endpoint, restoredName)}`)
    say(`All is as it was, and the index lists ${await assertSame(client, restoredName, copy)} places.`)

    runtime = await deploy(moved, Number(new URL(runtime.url).port))
    say(`Deployed with coreTable=${restoredName}.`)
    // What was under way when the data went may have written once more.
    const left = await itemsOf(client, core.name)
    await findTruth(film, then)
    say(
      'Both pages, never loaded again, show the film as it was restored and not as they held it. They talk and command as before.',
    )
    pages.push(await openPage(await signIn(runtime.url, 'Nora'), film.code))
    assert.deepEqual(shows(pages[2] as Page).messages, [...BEFORE, 'We go on'])
    say('Somebody new comes in and is greeted with what the table holds.')
    assert.deepEqual(await itemsOf(client, core.name), left)
    say('Nobody has written into the old table since.')
  } finally {
    for (const page of pages) page.session.close()
    await runtime?.close()
    client.destroy()
    await dynamodb.close()
    rmSync(stateFolder, { recursive: true, force: true })
  }
}
