import { beforeAll, describe, expect, it } from 'vitest'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let host: RoomSocket
let member: RoomSocket
let bystander: RoomSocket
let bo: Person
let code: string

beforeAll(async () => {
  const room = await stage.room()
  code = room.code
  host = await stage.enter(code, room.host)
  bo = await stage.member(code, 'Bo')
  member = await stage.enter(code, bo)
  bystander = await stage.enter(code, await stage.member(code, 'Cy'))
  await quiet()
})

/** Twice: what a function posts as it ends is heard after the first. */
const quiet = async () => {
  await stage.settled()
  await stage.settled()
}

/** What each of the three hears because of one frame. */
const hearing = async (sender: RoomSocket, frame: unknown) => {
  const before = new Map([host, member, bystander].map((socket) => [socket, socket.frames.length]))
  sender.send(frame)
  await quiet()
  const since = (socket: RoomSocket) => socket.frames.slice(before.get(socket))
  return {
    heard: since(sender),
    others: [host, member, bystander].filter((socket) => socket !== sender).flatMap(since),
  }
}

const errorFor = async (frame: unknown, sender = member): Promise<ServerEventOf<'ERROR'>> => {
  const { heard, others } = await hearing(sender, frame)
  expect(others).toEqual([])
  expect(heard).toHaveLength(1)
  const [error] = heard
  if (error?.type !== 'ERROR') throw new Error(`Not an ERROR but ${JSON.stringify(heard)}`)
  expect(sender.socket.readyState).toBe(sender.socket.OPEN)
  return error
}

const sized = (bytes: number, frame: Record<string, unknown>): string => {
  const text = JSON.stringify({ ...frame, filler: '' })
  return JSON.stringify({ ...frame, filler: 'x'.repeat(bytes - text.length) })
}

describe('[X1] a frame that is not of the protocol is answered to its sender, and nobody else hears of it', () => {
  it.each([
    ['not JSON', 'PLAY', 'invalid_json'],
    ['half of JSON', '{"type":"PING"', 'invalid_json'],
    ['nothing but a space', ' ', 'invalid_json'],
    ['a list', [{ type: 'PING', t0: 1 }], 'invalid_json'],
    ['null', 'null', 'invalid_json'],
    ['a number', '7', 'invalid_json'],
    ['a text', '"PING"', 'invalid_json'],
    ['an object without a type', {}, 'invalid_field'],
    ['a type that is null', { type: null }, 'invalid_field'],
    ['a type that is a list', { type: ['PING'] }, 'invalid_field'],
    ['an unknown type', { type: 'DANCE' }, 'unknown_type'],
    ['a type in lower case', { type: 'ping', t0: 1 }, 'unknown_type'],
    ['a type of the server', { type: 'PLAYBACK_STATE', time: 3 }, 'unknown_type'],
    ['a type that every object has', { type: 'constructor' }, 'unknown_type'],
    ['the type __proto__', '{"type":"__proto__"}', 'unknown_type'],
    ['a type only in __proto__', '{"__proto__":{"type":"PING","t0":1}}', 'invalid_field'],
    ['the name of the route for what has none', { type: '$default' }, 'unknown_type'],
    ['the name of the route of handshakes', { type: '$connect' }, 'unknown_type'],
    ['the name of the route of goodbyes', { type: '$disconnect' }, 'unknown_type'],
    ['a message that is a number', { type: 'CHAT_MESSAGE', message: 7 }, 'invalid_field'],
    ['a message that is missing', { type: 'CHAT_MESSAGE' }, 'invalid_field'],
    ['a PING without t0', { type: 'PING' }, 'invalid_field'],
    ['a PING with text for t0', { type: 'PING', t0: 'now' }, 'invalid_field'],
    ['a SYNC_REQUEST after something that is no message', { type: 'SYNC_REQUEST', after: '../x' }, 'invalid_field'],
    ['a mark that is a number', { type: 'PING', t0: 1, ref: 7 }, 'invalid_field'],
    ['a mark of 65 characters', { type: 'PING', t0: 1, ref: 'r'.repeat(65) }, 'invalid_field'],
    ['over 8 KB', sized(8 * 1024 + 1, { type: 'CHAT_MESSAGE', message: 'hi' }), 'too_large'],
    ['over 8 KB on a route that answers', sized(8 * 1024 + 1, { type: 'PING', t0: 1 }), 'too_large'],
    ['over 8 KB and no JSON', 'x'.repeat(9_000), 'too_large'],
    ["as large as the platform's limit", sized(32 * 1024 - 64, { type: 'CHAT_MESSAGE', message: 'hi' }), 'too_large'],
    ['nested a few thousand deep', `${'['.repeat(4_000)}${']'.repeat(4_000)}`, 'invalid_json'],
  ])('%s', async (_what, frame, expected) => {
    const error = await errorFor(frame)
    expect(error.code).toBe(expected)
    expect(error.message).toMatch(/^[A-Z].+\.$/)
  })

  it('8 KB exactly are read', async () => {
    const { heard } = await hearing(member, sized(8 * 1024, { type: 'PING', t0: 1, ref: 'edge' }))
    expect(heard).toEqual([expect.objectContaining({ type: 'PONG', ref: 'edge' })])
  })

  it('the sentence names the field that is wrong', async () => {
    expect((await errorFor({ type: 'PING', t0: null })).message).toContain('"t0"')
    expect((await errorFor({ type: 'SEEK', time: 'x' }, host)).message).toContain('"time"')
  })

  it('a naming of $disconnect removes nobody: the sender is still told what happens', async () => {
    await errorFor({ type: '$disconnect' }, bystander)
    host.send({ type: 'PAUSE', time: 1 })
    expect(await bystander.next('PAUSE')).toMatchObject({ time: 1 })
    await quiet()
  })
})

describe('[X2] an ERROR says which frame it is about', () => {
  it.each([
    ['an unknown type', { type: 'DANCE', ref: 'mine' }, 'DANCE'],
    ['a wrong field', { type: 'CHAT_MESSAGE', message: '', ref: 'mine' }, 'CHAT_MESSAGE'],
    ['a wrong field on a route that answers', { type: 'PING', t0: 'x', ref: 'mine' }, 'PING'],
    ['over 8 KB', sized(9_000, { type: 'CHAT_MESSAGE', message: 'hi', ref: 'mine' }), 'CHAT_MESSAGE'],
  ])('by re and ref: %s', async (_what, frame, re) => {
    expect(await errorFor(frame)).toMatchObject({ re, ref: 'mine' })
  })

  it('repeats a mark of 64 characters, whatever they are', async () => {
    const ref = '\u0000"\\é😀'.padEnd(64, '\u2028').slice(0, 64)
    expect((await errorFor({ type: 'DANCE', ref })).ref).toBe(ref)
  })

  it('repeats no mark that is too long, and no type that is', async () => {
    const error = await errorFor({ type: 'D'.repeat(65), ref: 'r'.repeat(65) })
    expect(error).not.toHaveProperty('re')
    expect(error).not.toHaveProperty('ref')
  })
})

describe('[P2] whatever a playback command of anyone but the host says, nothing happens at all', () => {
  it.each([
    ['a good one', { type: 'PLAY', time: 3 }],
    ['no time', { type: 'PLAY' }],
    ['a negative time', { type: 'SEEK', time: -1 }],
    ['a time that is text', { type: 'PAUSE', time: '3' }],
    ['a wrong mark', { type: 'PLAY', time: 3, ref: 7 }],
    ['over 8 KB', sized(9_000, { type: 'SEEK', time: 3 })],
  ])('%s', async (_what, frame) => {
    const { heard, others } = await hearing(member, frame)
    expect({ heard, others }).toEqual({ heard: [], others: [] })
  })

  it.each([
    ['no time', { type: 'PLAY' }],
    ['a negative time', { type: 'SEEK', time: -0.001 }],
    ['a time beyond a week', { type: 'SEEK', time: 604_800.001 }],
    ['a time that JSON cannot hold', '{"type":"SEEK","time":1e999}'],
  ])('while the host is told what is wrong: %s', async (_what, frame) => {
    expect((await errorFor(frame, host)).code).toBe('invalid_field')
  })
})

describe('[C1] a message', () => {
  const said = async (message: string) => {
    const { heard, others } = await hearing(member, { type: 'CHAT_MESSAGE', message })
    stage.elapse(1_000)
    return [...heard, ...others]
  }

  it.each([
    ['is trimmed', '  hello \n', 'hello'],
    ['keeps line feeds within', 'one\ntwo', 'one\ntwo'],
    ['is never read as HTML', '<img src=x onerror=alert(1)> &amp;', '<img src=x onerror=alert(1)> &amp;'],
    ['may have 500 code points of four bytes', '😀'.repeat(500), '😀'.repeat(500)],
    ['may look like JSON', '{"type":"PLAY"}', '{"type":"PLAY"}'],
    ['may have tabs, and lines that end as on Windows', 'a\tb\r\nc\r\n', 'a\tb\nc'],
  ])('%s', async (_what, message, shown) => {
    const frames = await said(message)
    expect(frames).toHaveLength(3)
    for (const frame of frames) expect(frame).toMatchObject({ type: 'CHAT_MESSAGE', user: 'Bo', message: shown })
  })

  it.each([
    ['nothing', ''],
    ['spaces only', ' \n \t '],
    ['501 code points', 'x'.repeat(501)],
    ['501 code points that are two units each', '😀'.repeat(501)],
    ['nothing that is drawn', '\u200b\u2800\u202e'],
    ['400 accents on one letter', `a${'\u0301'.repeat(400)}`],
    ['an escape', 'a\u001b[31mb'],
    ['a zero', 'a\u0000b'],
    ['a control character of the second block', 'a\u0085b'],
    ['half a character', 'a\ud800b'],
  ])('is refused for %s', async (_what, message) => {
    expect(await errorFor({ type: 'CHAT_MESSAGE', message })).toMatchObject({
      code: 'invalid_field',
      re: 'CHAT_MESSAGE',
    })
  })
})
