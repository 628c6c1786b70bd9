import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { createRandom } from '../../test/client/simulated/seeded-random.ts'
import { en } from '../../web/strings/en.ts'
import { makeRoom } from '../running/backend.ts'
import { type GivenOnly, openGivenOnly } from './given-only.ts'
import { type Link, openLink } from './link.ts'
import { enterRoom, type Trace, type Viewer } from './viewer.ts'

export type PhaseName = 'play' | 'pause and play' | 'seek' | 'late join'
/** From the command until the next one. A pause that goes before is part of it: `from`. */
export type Phase = {
  name: PhaseName
  from: number
  commandAt: number
  until: number
  heard: GivenOnly['legs'][number]
}
export type Run = {
  roundTripMs: number
  phases: Phase[]
  traces: Trace[]
  legs: GivenOnly['legs']
  complaints: string[]
}

const NAMES = ['Ana', 'Bo', 'Cy', 'Di']
const CLOCK_ERRORS_MS = [-3_000, 700, 40_000]
const SETTLE_MS = 3_000
const PAUSE_MS = 2_000
const SEEK_TO_SHARE = 0.6

const press = async (host: Viewer, name: string): Promise<number> => {
  await host.page.getByRole('button', { name, exact: true }).click()
  return host.lastClick()
}

const seek = async (host: Viewer): Promise<number> => {
  const bar = host.page.getByLabel(en.controls.position)
  const box = await bar.boundingBox()
  if (box === null) throw new Error('There is no seek bar.')
  await host.page.mouse.move(box.x + 1, box.y + box.height / 2)
  await host.page.mouse.click(box.x + box.width * SEEK_TO_SHARE, box.y + box.height / 2)
  return host.lastClick()
}

/** A room of three at one round trip: play, pause and play, seek, and the third leaves and comes again. */
export const playThrough = async (options: {
  backend: string
  browsers: readonly Browser[]
  roundTripMs: number
  seconds: number
  seed: number
  upShares: number[]
  say: (text: string) => void
}): Promise<Run> => {
  const { backend, browsers, roundTripMs, seed, say } = options
  const phaseMs = (options.seconds * 1000) / 4
  const links: Link[] = []
  const link = async (upShare = options.upShares[0] ?? 0.5): Promise<string> => {
    const opened = await openLink(backend, { roundTripMs, upShare, random: createRandom(seed + links.length) })
    links.push(opened)
    return opened.url
  }
  const video = await link()
  const { code, members } = await makeRoom(backend, `${video}/sample.mp4`, NAMES)
  const complaints: string[] = []
  const urls = await Promise.all(members.map((_, index) => link(options.upShares[index] ?? options.upShares.at(-1))))

  const enter = (index: number): Promise<Viewer> => {
    const [browser, url, member, clockErrorMs] = [browsers[index], urls[index], members[index], CLOCK_ERRORS_MS[index]]
    if (browser === undefined || url === undefined || member === undefined || clockErrorMs === undefined)
      throw new Error(`There is no viewer ${index}.`)
    const complain = (text: string) => complaints.push(text)
    return enterRoom(browser, { url, code, member, clockErrorMs, complain })
  }
  say('enter')
  const viewers = [await enter(0), await enter(1), await enter(2)] as const
  const [host, , third] = viewers
  const token = encodeURIComponent(members[3]?.token ?? '')
  const givenOnly = await openGivenOnly(`${urls[3]?.replace('http', 'ws')}/ws/room/${code}/?token=${token}`)
  await sleep(SETTLE_MS)

  const phases: Phase[] = []
  const phase = async (name: PhaseName, command: () => Promise<number | [from: number, commandAt: number]>) => {
    say(name)
    const began = performance.now()
    const given = await command()
    const [from, commandAt] = typeof given === 'number' ? [given, given] : given
    await sleep(phaseMs - (performance.now() - began))
    phases.push({ name, from, commandAt, until: performance.now(), heard: givenOnly.heard() })
  }
  await phase('play', () => press(host, en.controls.play))
  await phase('pause and play', async () => {
    const pausedAt = await press(host, en.controls.pause)
    await sleep(PAUSE_MS)
    return [pausedAt, await press(host, en.controls.play)]
  })
  await phase('seek', () => seek(host))
  const early = await third.trace()
  await third.leave()
  let late: Viewer = third
  await phase('late join', async () => {
    const joinedAt = performance.now()
    const entering = await Promise.all([enter(2), givenOnly.rejoin()])
    late = entering[0]
    return joinedAt
  })

  const traces = [early, ...(await Promise.all([host, viewers[1], late].map((viewer) => viewer.trace())))]
  givenOnly.leave()
  await Promise.all([host, viewers[1], late].map((viewer) => viewer.leave()))
  await Promise.all(links.map((each) => each.close()))
  return { roundTripMs, phases, traces, legs: givenOnly.legs, complaints }
}
