import { expect, it } from 'vitest'
import { foldName } from '../protocol/text.ts'
import { readRecorded, versions } from './compat/recorded.ts'
import { putItems } from './compat/tables.ts'
import { administrator, adminsOf } from './staging/administrator.ts'
import { runCommand } from './staging/run-command.ts'
import { setUpStage } from './staging/set-up-stage.ts'

const stage = setUpStage()

const backfill = (...args: string[]) => runCommand('bin/backfill.ts', args)
const tableName = () =>
  stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Auth'))?.environment.CORE_TABLE ?? ''

it.each(versions)(
  'gives what %s stored its place in the directory, and nothing more the second time',
  async (version) => {
    const { items } = readRecorded(version)
    await putItems(stage, items)
    const first = await backfill('--table', tableName())
    expect(first).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d+ items read, [1-9]\d* given their place\.$/),
    })
    expect((await backfill('--table', tableName())).output).toMatch(/ 0 given their place\.$/)

    const { peopleNamed, roomsByAge, roomsNamed } = await import('../functions/table/directory.ts')
    const core = items.core as Record<string, unknown>[]
    const users = core.filter(({ sk }) => sk === 'PROFILE')
    for (const { id, display_name } of users)
      expect((await peopleNamed(foldName(String(display_name)), 100)).map(({ named }) => named)).toContain(id)
    const rooms = core.filter(({ sk }) => sk === 'META')
    const byAge = (await roomsByAge(1_000)).map(({ named }) => named)
    for (const { code, name } of rooms) {
      expect(byAge).toContain(code)
      expect((await roomsNamed(foldName(String(name ?? '')), 100)).map(({ named }) => named)).toContain(code)
    }
    const flagged = users.filter(({ is_admin }) => is_admin === true).map(({ id }) => id)
    expect(flagged.length).toBeGreaterThan(0)
    for (const id of flagged) expect(await adminsOf()).toContain(id)
  },
)

it('mends the place of a name that a function of a version before changed', async () => {
  const ada = await administrator(stage, 'Ada')
  const { change } = await import('../functions/table/change.ts')
  await change({ pk: `USER#${ada.id}`, sk: 'PROFILE' }, { set: { display_name: 'Zenobia' } })
  const found = async () => (await stage.call('admin/people', { search: 'zenob' }, ada)).people
  expect(await found()).toEqual([])
  await backfill('--table', tableName())
  expect(await found()).toMatchObject([{ id: ada.id }])
})

it('explains itself, and a table that is not there in one sentence', async () => {
  expect((await backfill('--help')).output).toContain('Usage: npm run backfill')
  expect(await backfill('--tables', 'x')).toMatchObject({ code: 1, output: expect.stringContaining('Usage:') })
  const missing = await backfill('--table', 'no-such-table')
  expect(missing).toEqual({
    code: 1,
    output: 'There is no such table in this account and region: see the output CoreTableName.',
  })
})
