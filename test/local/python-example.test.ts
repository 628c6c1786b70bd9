import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../repository.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()
const example = join(root, 'docs', 'examples', 'watch.py')
/** Debian keeps its own Python beside others. */
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import websockets']).status === 0,
)
if (python === undefined)
  console.log('docs/examples/watch.py was not run: there is no python3 with the package websockets.')

test.runIf(python !== undefined)('docs/examples/watch.py follows a room by the given fields', async () => {
  const { code, host } = await stage.room()
  const ana = await stage.enter(code, host)
  const watcher = spawn(python ?? '', [example, stage.runtime.url, code])
  onTestFinished(() => {
    watcher.kill()
  })
  let printed = ''
  const arrivals = new Set<() => void>()
  watcher.stdout.on('data', (data) => {
    printed += data
    for (const arrival of arrivals) arrival()
  })
  const prints = (line: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (line.test(printed)) resolve()
      }
      arrivals.add(look)
      look()
    })
  const errors: string[] = []
  watcher.stderr.on('data', (data) => errors.push(String(data)))

  await prints(/^here: Hana, Python; paused at 0\.0 s$/m)
  ana.send({ type: 'PLAY', time: 42 })
  await prints(/^here: Hana, Python; playing at 42\.\d s$/m)
  ana.send({ type: 'SEEK', time: 300 })
  await prints(/^here: Hana, Python; playing at 300\.\d s$/m)
  ana.send({ type: 'PAUSE', time: 61.25 })
  await prints(/^here: Hana, Python; paused at 61\.\d s$/m)
  await stage.enter(code, await stage.member(code, 'Bo'))
  await prints(/^here: Bo, Hana, Python; paused at 61\.\d s$/m)
  ana.send({ type: 'CHAT_MESSAGE', message: 'Is everybody here?' })
  await prints(/^Hana: Is everybody here\?$/m)
  expect(errors).toEqual([])
})

test.runIf(python !== undefined)('docs/examples/watch.py goes on where somebody leaves who was never named', () => {
  // ROOM_PARTICIPANTS names 200 people at the most (W5).
  const program = `
import sys
sys.path.insert(0, ${JSON.stringify(dirname(example))})
from watch import Room
room = Room()
room.follow({"type": "ROOM_PARTICIPANTS", "participants": ["Ana", "Bo"]})
print(room.follow({"type": "USER_LEFT", "user": "Zoe"}))
print(room.follow({"type": "USER_LEFT", "user": "Bo"}))
`
  const { stdout, stderr } = spawnSync(python ?? '', ['-B', '-c', program], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toBe('here: Ana, Bo; paused at 0.0 s\nhere: Ana; paused at 0.0 s\n')
})

test('docs/examples/watch.py is short enough to be read at one sitting', () => {
  expect(readFileSync(example, 'utf8').split('\n').length).toBeLessThanOrEqual(65)
})
