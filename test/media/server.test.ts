import { describe, expect, test } from 'vitest'
import { decodeTimeOf } from './mp4-boxes.ts'
import { setUpMedia } from './set-up-media.ts'

const START = Date.UTC(2026, 0, 1)
let now = START
const media = setUpMedia({ clock: () => now })

const ask = (url: string, range?: string) => fetch(url, { headers: range === undefined ? {} : { range } })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a file', () => {
  test('comes whole, and by parts', async () => {
    const whole = await ask(media.address('short.mp4'))
    expect(whole.status).toBe(200)
    expect(whole.headers.get('access-control-allow-origin')).toBe('*')
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    const bytes = await bytesOf(whole)
    const part = await ask(media.address('short.mp4'), 'bytes=100-199')
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`)
    expect(await bytesOf(part)).toEqual(bytes.subarray(100, 200))
    expect(await bytesOf(await ask(media.address('short.mp4'), 'bytes=-10'))).toEqual(bytes.subarray(-10))
    expect((await ask(media.address('short.mp4'), `bytes=${bytes.length}-`)).status).toBe(416)
  })

  test('says no length where it is to be one that says none', async () => {
    const bytes = await bytesOf(await ask(media.address('no-duration.webm')))
    // Duration, a number of eight bytes.
    expect(bytes.includes(Buffer.from([0x44, 0x89, 0x88]))).toBe(false)
  })

  test('comes whole where the host knows no ranges, with and without its length', async () => {
    const told = await ask(media.address('short.mp4', { ranges: false }), 'bytes=100-')
    expect([told.status, told.headers.get('accept-ranges')]).toEqual([200, null])
    const length = Number(told.headers.get('content-length'))
    expect((await bytesOf(told)).length).toBe(length)
    const untold = await ask(media.address('short.mp4', { ranges: false, length: false }), 'bytes=100-')
    expect(untold.headers.get('content-length')).toBeNull()
    expect((await bytesOf(untold)).length).toBe(length)
  })

  test('comes at the pace that was asked for', async () => {
    const began = performance.now()
    const bytes = await bytesOf(await ask(media.address('short.mp4', { bytesPerSecond: 10_000 }), 'bytes=0-4999'))
    expect(bytes.length).toBe(5000)
    expect(performance.now() - began).toBeGreaterThan(480)
    expect(performance.now() - began).toBeLessThan(1000)
  })

  test('breaks off, hides, moves, or is something else', async () => {
    await expect(ask(media.address('short.mp4', { cutAfterBytes: 1000 })).then(bytesOf)).rejects.toThrow()
    expect((await ask(media.address('short.mp4', { status: 503 }))).status).toBe(503)
    expect(
      (await ask(media.address('short.mp4', { cors: false }))).headers.get('access-control-allow-origin'),
    ).toBeNull()
    expect(await (await ask(media.address('short.mp4', { page: true }))).text()).toContain('Sign in')
    expect((await ask(media.address('short.mp4', { type: 'text/plain' }))).headers.get('content-type')).toBe(
      'text/plain',
    )
    expect((await ask(media.address('short.mp4', { redirects: true }))).url).toBe(media.address('short.mp4'))
    expect((await ask(media.address('missing.mp4'))).status).toBe(404)
    await expect(
      fetch(media.address('short.mp4', { hangs: true }), { signal: AbortSignal.timeout(200) }),
    ).rejects.toThrow(/timeout/)
  })

  test('is refused from one moment to another, and every request is counted', async () => {
    const segment = media.address('vod/part-0-1.m4s')
    const before = media.asked.length
    const forgive = media.refuse(/\.m4s$/)
    expect((await ask(segment)).status).toBe(403)
    expect((await ask(media.address('vod/stream.m3u8'))).status).toBe(200)
    forgive()
    expect((await ask(segment)).status).toBe(200)
    expect(media.asked.slice(before).map(({ path }) => path)).toEqual([
      'vod/part-0-1.m4s',
      'vod/stream.m3u8',
      'vod/part-0-1.m4s',
    ])
  })
})

describe('a live stream', () => {
  test('lists what is whole, and moves with the clock', async () => {
    const channel = media.channel({ name: 'moving', beganAt: START, windowSegments: 3 })
    now = START + 21_500
    const list = await (await ask(channel.hlsPicture())).text()
    expect(list).toContain('#EXT-X-MEDIA-SEQUENCE:7\n')
    expect(list.match(/part-0-\d+/g)).toEqual(['part-0-7', 'part-0-8', 'part-0-9'])
    expect(list).toContain('#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:14.000Z')
    const statusOf = async (segment: number) =>
      (await ask(channel.hls().replace('stream.m3u8', `part-0-${segment}.m4s`))).status
    expect([await statusOf(9), await statusOf(10), await statusOf(4), await statusOf(3)]).toEqual([200, 404, 200, 404])
    channel.end()
    now += 60_000
    const ended = await (await ask(channel.hlsPicture())).text()
    expect(ended.match(/part-0-\d+|ENDLIST/g)).toEqual(['part-0-7', 'part-0-8', 'part-0-9', 'ENDLIST'])
    expect(await (await ask(channel.dash())).text()).toContain('type="static" mediaPresentationDuration="PT20S"')
  })

  test('has decode times that rise without end, without a gap between segments', async () => {
    const channel = media.channel({ name: 'rising', beganAt: START, windowSegments: 50, timeline: true })
    now = START + 100_000
    const timeOf = async (track: number, segment: number) =>
      decodeTimeOf(await bytesOf(await ask(channel.dash().replace('stream.mpd', `part-${track}-${segment}.m4s`))))
    const picture = await Promise.all([0, 1, 4, 5, 49].map((segment) => timeOf(0, segment)))
    expect(picture.map((ticks) => ticks / 10_240)).toEqual([0, 2, 8, 10, 98])
    const manifest = await (await ask(channel.dash())).text()
    const entries = [...manifest.matchAll(/<S t="(\d+)" d="(\d+)"\/>/g)].map(
      ([, t, d]) => [Number(t), Number(d)] as const,
    )
    // Of the encoder's first frame of sound, players skip as much as the init segment says.
    expect(entries.slice(50).map(([t]) => t + 1024)).toEqual(
      await Promise.all(entries.slice(50).map((_, n) => timeOf(1, n))),
    )
    expect(entries.filter(([t, d], n) => n !== 49 && n !== 99 && t + d !== entries[n + 1]?.[0])).toEqual([])
  })
})
