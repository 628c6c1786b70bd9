import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveSource } from '../../web/players/probe-media.ts'
import { en } from '../../web/strings/en.ts'
import { setUpMedia } from '../media/set-up-media.ts'
import { areInStep, isInside, isPaused, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

// The link form against a host of media with all that hosts do. Its addresses do not say what they lead to.

const root = join(import.meta.dirname, '..', '..')
const film = readFileSync(join(root, 'web', 'public', 'sample.mp4'))
const stream = readFileSync(join(import.meta.dirname, 'streams', 'stream.m3u8'))
const manifest = readFileSync(join(import.meta.dirname, 'streams', 'stream.mpd'))
/** The list of a stream's one variant, coded so. */
const listOf = (codecs: string) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=17867,CODECS="${codecs}"\nstream.m3u8\n`
const page = '<!doctype html><title>A page</title>'
/** As much sound as a file needs to have no picture: a second of silence. */
const sound = (() => {
  const rate = 8_000
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + rate, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(rate, 40)
  return Buffer.concat([header, Buffer.alloc(rate, 128)])
})()

type Answer = { status?: number; type?: string; body: Buffer | string; cors?: boolean; ranges?: boolean }
const answers: Record<string, Answer | 'silence'> = {
  '/film': { body: film, type: 'application/octet-stream', cors: false },
  '/My Film (2019).mp4': { body: film, type: 'video/mp4', cors: false },
  '/without-jumps': { body: film, type: 'video/mp4', ranges: false },
  '/sound': { body: sound, type: 'audio/wav' },
  '/song.wav': { body: sound, type: 'audio/wav' },
  '/radio.m3u8': { body: listOf('mp4a.40.2') },
  '/hevc.m3u8': { body: listOf('hvc1.1.6.L60.90,mp4a.40.2') },
  '/hevc.mpd': { body: String(manifest).replace('avc1.64000b', 'hvc1.1.6.L60.90') },
  '/hls': { body: stream, type: 'text/plain' },
  '/dash': { body: manifest, type: 'text/plain' },
  '/page': { body: page, type: 'text/html' },
  '/page.m3u8': { body: page, type: 'text/html' },
  '/page.mp4': { body: page, type: 'text/html' },
  '/closed.m3u8': { body: stream, cors: false },
  '/closed-page': { body: page, type: 'text/html', cors: false },
  '/expired.m3u8': { status: 403, body: 'Request has expired' },
  // By this ending Chromium takes a file for a stream, whatever is in it.
  '/film.m3u8': { body: film },
  '/film.avi': { body: 'RIFF0000AVI LIST', type: 'video/x-msvideo' },
  '/silence': 'silence',
}

const respond = (request: IncomingMessage, response: ServerResponse) => {
  const path = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname)
  const answer = answers[path] ?? { status: 404, body: 'Not found', type: 'text/plain' }
  if (answer === 'silence') return
  const { status = 200, type = 'application/octet-stream', cors = true, ranges = true } = answer
  const body = Buffer.from(answer.body)
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const headers = { 'content-type': type, ...(cors && { 'access-control-allow-origin': '*' }) }
  if (!ranges || from === undefined || status !== 200) {
    response.writeHead(status, { ...headers, 'content-length': body.length }).end(body)
    return
  }
  const last = to === '' || to === undefined ? body.length - 1 : Number(to)
  const part = body.subarray(Number(from), last + 1)
  const range = { 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${last}/${body.length}` }
  response.writeHead(206, { ...headers, ...range, 'content-length': part.length }).end(part)
}

const media = setUpMedia()
const house = setUpHouse()
let server: Server
let host: string
beforeAll(async () => {
  server = createServer(respond)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** A room without a video, as its host sees it. */
const emptyRoom = async (): Promise<{ page: Page; media: () => Promise<unknown> }> => {
  const { code, host: hana } = await house.stage.room({ name: 'Links' })
  const { page } = await house.enter(code, hana)
  return {
    page,
    media: async () => {
      const detail = await house.stage.call('rooms/detail', { code }, hana)
      return detail.media
    },
  }
}

const paste = async (page: Page, link: string) => {
  await page.getByLabel(en.link.needed).fill(link)
  await press(page, en.stage.choose)
}

const { problems, notices } = en.link

test('what the address says needs no try', async () => {
  const found = { kind: 'youtube', url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', start: 90 }
  expect(await resolveSource('https://youtu.be/aqz-KE-bpKQ?t=90')).toEqual(found)
  expect(await resolveSource('https://www.netflix.com/title/1')).toEqual({ problem: 'closedService' })
})

test('a file at an address that says nothing is taken, and a link within a text with blanks in its name', async () => {
  const { page, media } = await emptyRoom()
  await paste(page, `${host}/film`)
  await page.locator('video.media, .stage-title').last().waitFor()
  await expect.poll(media).toMatchObject({ url: `${host}/film`, title: 'film', duration: expect.any(Number) })
  const another = await emptyRoom()
  await paste(another.page, `Look at this: "${host}/My Film (2019).mp4#t=10". Great!`)
  await another.page.locator('video.media').waitFor()
  await isPaused(another.page, 10)
  await expect.poll(another.media).toMatchObject({
    url: `${host}/My%20Film%20(2019).mp4`,
    title: 'My Film (2019)',
    duration: expect.any(Number),
  })
})

test('a manifest is known by what is in it', async () => {
  for (const path of ['/hls', '/dash']) {
    const { page, media } = await emptyRoom()
    await paste(page, `${host}${path}`)
    await expect.poll(media).toMatchObject({ url: `${host}${path}`, duration: null })
    await page.getByLabel(en.link.needed).waitFor({ state: 'detached' })
  }
})

test.each([
  ['film.mpd', 'film.mp4'],
  ['vod/hls.mp4', 'vod/stream.m3u8'],
  ['vod/hls.mpd', 'vod/stream.m3u8'],
  ['vod/dash.mp4', 'vod/stream.mpd'],
  ['vod/dash.m3u8', 'vod/stream.mpd'],
])('what is there counts, and not the end of its address: %s is %s', async (name, file) => {
  const { page, media: chosen } = await emptyRoom()
  const url = media.named(name, file)
  await paste(page, url)
  await expect.poll(chosen).toMatchObject({ url })
  await press(page, en.controls.play)
  await areInStep(page)
  expect(await page.getByText(en.stage.failed).count()).toBe(0)
})

test('a video that came to nothing says why, and has a button', async () => {
  for (const [url, reason] of [
    [`${host}/nothing`, en.stage.reasons.notThere('404')],
    [`${host}/expired.m3u8`, en.stage.reasons.notThere('403')],
    [`${host}/page`, en.stage.reasons.noVideo],
    [`${host}/page.mp4`, en.stage.reasons.noVideo],
    [`${host}/closed.m3u8`, en.stage.reasons.unreadable],
    [`${host}/silence`, en.stage.reasons.noAnswer],
  ] as const) {
    const { code, host: hana } = await house.stage.room({ media: { url, title: null, duration: null } })
    const { page } = await house.enter(code, hana)
    await page.getByText(reason).waitFor()
    await page.getByText(en.stage.failed).waitFor()
    await page.getByRole('button', { name: en.tryAgain }).waitFor()
  }
  await house.clear()
})

test.each([
  ['is being looked for', '/silence', '.spinner'],
  ['came to nothing here', '/nothing', `text=${en.stage.failed}`],
])('who drives plays the room also while its video %s', async (_, path, shown) => {
  const media = { url: `${host}${path}`, title: null, duration: null }
  const { code, host: hana } = await house.stage.room({ media })
  const bo = await house.stage.enter(code, await house.stage.member(code, 'Bo'))
  const { page } = await house.enter(code, hana)
  await page.locator(shown).first().waitFor()
  await press(page, en.controls.play)
  expect(await bo.next('PLAY')).toMatchObject({ is_playing: true, time: 0 })
  await house.clear()
})

test('what cannot be played is refused with the true reason', async () => {
  const { page, media } = await emptyRoom()
  for (const [path, reason] of [
    ['/nothing', problems.notThere('404')],
    ['/nothing.mp4', problems.notThere('404')],
    ['/nothing.mpd', problems.notThere('404')],
    ['/expired.m3u8', problems.notThere('403')],
    ['/page', problems.noVideo],
    ['/page.mp4', problems.noVideo],
    ['/page.m3u8', problems.noStream],
    ['/hls.mpd', problems.notThere('404')],
    ['/closed.m3u8', problems.unreadable],
    ['/closed-page', problems.unreadable],
    ['/film.m3u8', problems.unplayable],
    ['/film.avi', problems.unplayableFormat],
    ['/silence', problems.noAnswer],
  ] as const) {
    await paste(page, `${host}${path}`)
    await page.getByText(reason).waitFor()
    expect(await page.getByRole('button', { name: en.link.useAnyway }).count()).toBe(0)
    // What is typed next is not judged by what was there before.
    await page.getByLabel(en.link.needed).fill('')
    await page.getByText(en.link.hint).waitFor()
  }
  for (const [link, reason] of [
    ['https://www.netflix.com/watch/1', problems.closedService('Netflix')],
    ['https://www.twitch.tv/somebody', problems.ownPlayer('Twitch')],
    ['https://archive.org/details/some_item', problems.filePage('Internet Archive')],
    ['https://www.youtube.com/playlist?list=PL0123456789abcdef', problems.youtubePlaylist],
  ] as const) {
    await paste(page, link)
    await page.getByText(reason).waitFor()
  }
  expect(await media()).toBeNull()
})

test('what is worth knowing is told once, and the second submit takes it all the same', async () => {
  for (const [path, notice] of [
    ['/without-jumps', notices.noJumping],
    ['/sound', notices.noPicture],
    ['/radio.m3u8', notices.noPicture],
    ['/hevc.m3u8', notices.noPicture],
    ['/hevc.mpd', notices.noPicture],
  ] as const) {
    const { page, media } = await emptyRoom()
    await paste(page, `${host}${path}`)
    await page.getByText(notice).waitFor()
    expect(await media()).toBeNull()
    await looksRight(page, `link-notice${path.replace('/', '-')}`)
    // Another link is another question.
    await page.getByLabel(en.link.needed).fill(`${host}/page`)
    await press(page, en.stage.choose)
    await page.getByText(problems.noVideo).waitFor()
    await paste(page, `${host}${path}`)
    await press(page, en.link.useAnyway)
    await expect.poll(media).toMatchObject({ url: `${host}${path}` })
  }
})

test('a file that is called sound needs no notice', async () => {
  const { page, media } = await emptyRoom()
  await paste(page, `${host}/song.wav`)
  await expect.poll(media).toEqual({ url: `${host}/song.wav`, title: 'song', duration: 1 })
})

test('a recording that does not say its length is asked for it', async () => {
  const { page, media } = await emptyRoom()
  const recorded = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    const timer = setInterval(() => context?.fillRect(0, 0, Math.random() * 100, 100), 40)
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    recorder.start(200)
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await new Promise((resolve) => {
      recorder.onstop = resolve
      recorder.stop()
    })
    clearInterval(timer)
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
  })
  answers['/recorded.webm'] = { body: Buffer.from(recorded), type: 'video/webm' }
  await paste(page, `${host}/recorded.webm`)
  await expect.poll(media).toMatchObject({ title: 'recorded', duration: expect.any(Number) })
})

test('a room is made with a notice read, at the moment that the link says', async () => {
  const { page } = await house.arrive('Mo')
  await page.goto(house.url)
  await page.getByLabel(en.link.label).fill(`[Film](${host}/without-jumps#t=20)`)
  await press(page, en.create.submit)
  await page.getByText(notices.noJumping).waitFor()
  await looksRight(page, 'home-link-notice')
  await press(page, en.link.useAnyway)
  await isInside(page)
  const code = new URL(page.url()).pathname.slice(3)
  expect(code).toMatch(/^\w{6}$/)
})

test('the link of a room is read as it was pasted', async () => {
  const { code, host: hana } = await house.stage.room({ name: 'Codes' })
  const { page } = await house.arrive(hana)
  for (const typed of [`${code}.`, `${code.slice(0, 3)}-${code.slice(3)}`, `“${code}”`, `${code}\u200b`]) {
    await page.goto(`${house.url}/r/${encodeURIComponent(typed)}`)
    await isInside(page)
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/r/${code}`)
  }
  await page.goto(house.url)
  await page.getByLabel(en.joinByCode.label).fill(`The code is ${code.toLowerCase()}, see you`)
  await press(page, en.joinByCode.submit)
  await isInside(page)
})
