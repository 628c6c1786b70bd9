import { beforeAll, describe, expect, it } from 'vitest'
import { parseRoomCode } from '../../protocol/ids.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const ULID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const KIBIBYTE = 1024

const stage = setUpStage()
let host: Person
let code: string
beforeAll(async () => {
  ;({ code, host } = await stage.room())
})

type PostName = { [N in RouteName]: (typeof routes)[N]['method'] extends 'POST' ? N : never }[RouteName]
/** A body that would do, and for each field what would not. */
type Sample = { right: Record<string, unknown>; wrong: Record<string, unknown[]> }

const noText = [1, true, [], ['a'], {}]
const noFlag = ['true', 1, [], {}]
const noId = [...noText, null, '', 'x'.repeat(65), '\ud800']
const noRoom = [...noText, null, 'x'.repeat(65)]
const noName = [...noText, '', '   ', 'a\u0007', 'x'.repeat(41)]
const noMode = [1, true, [], {}, 'password', 'OPEN']
const noMedia = [1, true, 'https://a.example/v.mp4', [], {}, { url: 1 }, { url: 'ftp://a.example/v.mp4' }]
const noStart = [null, '90', true, [], {}, -1, 604_801, 90]
const noEmail = [...noText, null, '', 'ana', 'ana@', '@example.com', 'a b@example.com', `${'a'.repeat(250)}@b.co`]
const noPassword = [...noText, null, '', '7 chars', 'p'.repeat(73), 'é'.repeat(37)]
const noRoomPassword = [...noText, null, '', '7 chars', 'x'.repeat(41), 'popcorn\u0007time']
const aMember = { right: { room_id: 'CCCCCC', user_id: 'somebody' }, wrong: { room_id: noRoom, user_id: noId } }
const aPerson = { right: { user_id: 'somebody' }, wrong: { user_id: noId } }
const aRoom = { right: { room_id: 'CCCCCC' }, wrong: { room_id: noRoom } }
const nothing = { right: {}, wrong: {} }

const samples: Record<PostName, Sample> = {
  'auth/register': {
    right: { email: 'ana@example.com', password: 'correct horse', display_name: 'Ana' },
    wrong: { email: noEmail, password: noPassword, display_name: [...noName, null] },
  },
  'auth/login': {
    right: { email: 'ana@example.com', password: 'correct horse' },
    wrong: { email: [...noText, null], password: [...noText, null] },
  },
  'auth/guest': { right: { display_name: 'Ana' }, wrong: { display_name: [...noName, null] } },
  'auth/logout': nothing,
  'auth/refresh': nothing,
  'auth/password': {
    right: { current: 'correct horse', new: 'another horse' },
    wrong: { current: [...noText, null], new: noPassword },
  },
  'auth/name': { right: { display_name: 'Ana' }, wrong: { display_name: [...noName, null] } },
  'auth/delete': nothing,
  'rooms/create': {
    right: { is_private: false },
    wrong: {
      is_private: [...noFlag, null],
      is_listed: [...noFlag, null],
      entry_mode: [...noMode, 'APPROVAL'],
      name: noName,
      is_chat_enabled: [...noFlag, null],
      media: noMedia,
      start: noStart,
      password: noRoomPassword,
    },
  },
  'rooms/join': {
    right: { code: 'CCCCCC' },
    wrong: {
      code: [...noRoom, ''],
      password: [...noText, 'x'.repeat(201)],
      browser: [...noText, null, '', 'x'.repeat(65)],
    },
  },
  'rooms/approve': aMember,
  'rooms/reject': aMember,
  'rooms/reject-all': aRoom,
  'rooms/leave': aRoom,
  'rooms/kick': aMember,
  'rooms/ban': aMember,
  'rooms/unban': aMember,
  'rooms/mute': {
    right: { ...aMember.right, seconds: 60 },
    wrong: { ...aMember.wrong, seconds: ['60', null, true, [], 0, -1, 1.5, 30 * 24 * 3600 + 1] },
  },
  'rooms/unmute': aMember,
  'rooms/role': {
    right: { ...aMember.right, role: 'cohost' },
    wrong: { ...aMember.wrong, role: ['host', 'COHOST', '', null, 1, ['cohost']] },
  },
  'rooms/transfer': aMember,
  'rooms/accept-transfer': {
    right: { ...aRoom.right, accept: true },
    wrong: { ...aRoom.wrong, accept: [...noFlag, null] },
  },
  'rooms/take-over': aRoom,
  'rooms/take-back': aRoom,
  'rooms/ask-pause': aRoom,
  'rooms/remove-message': {
    right: { ...aRoom.right, message_id: '01ARZ3NDEKTSV4RRFFQ69G0000' },
    wrong: { ...aRoom.wrong, message_id: ['', 'I'.repeat(26), null, 1, {}] },
  },
  'rooms/clear-chat': {
    right: aRoom.right,
    wrong: { ...aRoom.wrong, until: ['', 'I'.repeat(26), null, 1, {}] },
  },
  'rooms/settings': {
    right: { room_id: 'CCCCCC' },
    wrong: {
      room_id: noRoom,
      name: noName,
      slow_mode_seconds: ['5', null, true, [], -1, 1.5, 3601],
      is_chat_enabled: [...noFlag, null],
      is_private: [...noFlag, null],
      is_listed: [...noFlag, null],
      entry_mode: noMode,
      media: noMedia,
      start: noStart,
      guests_allowed: [...noFlag, null],
      is_locked: [...noFlag, null],
      control: [...noMode, null],
      heirs: [...noMode, null],
      password: noRoomPassword,
      new_password: [false, 'true', 1, null],
      learned: [null, '60', 60, [], {}, { url: 1 }, { url: '', duration: '60' }, { url: '', live_origin: 0.5 }],
    },
  },
  'rooms/delete': aRoom,
  'auth/reset': {
    right: { user_id: 'somebody', secret: 'secret', new: 'another horse' },
    wrong: { user_id: noId, secret: [...noText, null, '', 'x'.repeat(65)], new: noPassword },
  },
  'admin/end-room': aRoom,
  'admin/remove-message': {
    right: { ...aRoom.right, message_id: '01ARZ3NDEKTSV4RRFFQ69G0000' },
    wrong: { ...aRoom.wrong, message_id: ['', 'I'.repeat(26), null, 1, {}] },
  },
  'admin/mute': {
    right: { ...aMember.right, seconds: 60 },
    wrong: { ...aMember.wrong, seconds: ['60', null, true, [], 0, -1, 1.5, 30 * 24 * 3600 + 1] },
  },
  'admin/unmute': aMember,
  'admin/remove-member': aMember,
  'admin/ban-person': aPerson,
  'admin/unban-person': aPerson,
  'admin/ban-network': {
    right: { address: '203.0.113.7', days: 30 },
    wrong: {
      address: [...noText, null, 'x'.repeat(65), '203.0.113', 'a network'],
      user_id: noId,
      note: [...noText, null, 'x'.repeat(201)],
      days: ['30', null, true, [], 0, -1, 1.5, 366],
    },
  },
  'admin/unban-network': { right: { network_id: 'none' }, wrong: { network_id: noId } },
  'admin/flag': {
    right: { ...aPerson.right, is_admin: true },
    wrong: { ...aPerson.wrong, is_admin: [...noFlag, null] },
  },
  'admin/reset-link': aPerson,
  'admin/change-service': {
    right: {},
    wrong: {
      notice: [...noText, '', 'x'.repeat(301)],
      is_registration_open: [...noFlag, null],
      are_guests_admitted: [...noFlag, null],
    },
  },
}

const posts = Object.keys(samples) as PostName[]
const shapeOf = (name: PostName): string[] => Object.keys(routes[name].request.shape)
const post = (name: PostName, body: unknown, token = host.token) =>
  stage.request('POST', routes[name].path, { body, token: name === 'auth/register' ? undefined : token })

const refusedField = (field: string) => ({
  status: 400,
  body: { code: 'invalid_field', error: expect.stringContaining(`The field "${field}`) },
})

describe.each(posts)('POST %s', (name) => {
  it('is tried here with every field that it reads', () => {
    expect(Object.keys(samples[name].wrong).sort()).toEqual(shapeOf(name).sort())
  })

  it.each(['{', '{"a":', 'null', '[]', '[{}]', '1', '"text"', 'true', '{} {}', "{'a':1}", '\u0000'])(
    '[H4] the body %s is 400 invalid_json',
    async (body) => {
      expect(await post(name, body)).toEqual({
        status: 400,
        body: { error: 'Send the body as a JSON object.', code: 'invalid_json' },
      })
    },
  )

  it.each(Object.entries(samples[name].wrong))('[H3] a wrong %s is 400 and named', async (field, values) => {
    for (const value of values) {
      const answer = await post(name, { ...samples[name].right, [field]: value })
      expect(answer, JSON.stringify(value)).toMatchObject(refusedField(field))
      expect(Object.keys(answer.body).sort()).toEqual(['code', 'error'])
    }
  })

  it.each(Object.keys(samples[name].right))(
    '[H3] without %s it is 400, also where a prototype has it',
    async (field) => {
      const { [field]: value, ...rest } = samples[name].right
      const inherited = `{"__proto__":${JSON.stringify({ [field]: value })},${JSON.stringify(rest).slice(1)}`
      for (const body of [rest, inherited.replace(',}', '}')])
        expect(await post(name, body)).toMatchObject(refusedField(field))
      expect(field in {}).toBe(false)
    },
  )

  it('[H4] a body above 64 KiB is 413 too_large, counted in bytes', async () => {
    const padded = (bytes: number) => `{"padding":"${'é'.repeat((bytes - 14) / 2)}"}`
    expect(Buffer.byteLength(padded(64 * KIBIBYTE + 2))).toBe(64 * KIBIBYTE + 2)
    const tooLarge = { status: 413, body: { error: 'This is too large.', code: 'too_large' } }
    expect(await post(name, padded(64 * KIBIBYTE + 2))).toEqual(tooLarge)
    const outsider = await stage.guest('Bo')
    expect((await post(name, padded(64 * KIBIBYTE), outsider.token)).body.code).not.toBe('too_large')
  })
})

describe('fields that nobody asked for', () => {
  it('[H3] change nothing: a guest stays a guest of the server’s own id', async () => {
    const body =
      '{"display_name":"Ana","id":"mine","is_guest":false,"is_admin":true,"__proto__":{"is_guest":false},"constructor":{"prototype":{"is_guest":false}}}'
    const answer = await stage.request('POST', '/api/auth/guest', { body })
    expect(answer).toMatchObject({ status: 200, body: { display_name: 'Ana', is_guest: true } })
    expect(answer.body.id).not.toBe('mine')
    expect('is_guest' in {}).toBe(false)
  })

  it('[H3] change nothing: a room is made as its own fields say', async () => {
    const body =
      '{"is_private":false,"__proto__":{"entry_mode":"APPROVAL","name":"Sly"},"constructor":{"name":"Sly"},"code":"CCCCCC","host_id":"x","version":9}'
    const { status, body: made } = await stage.request('POST', '/api/rooms/create', { body, token: host.token })
    expect(status).toBe(201)
    expect(made.code).not.toBe('CCCCCC')
    const detail = await stage.call('rooms/detail', { code: made.code }, host)
    expect(detail).toMatchObject({ name: null, entry_mode: null, host_id: host.id })
  })

  it('[H3] change nothing: settings touch settings only', async () => {
    const sly = { host_id: 'x', code: 'CCCCCC', created_at: 1, version: 99, password_hash: 'x', listing: 'ENDED' }
    const before = await stage.call('rooms/detail', { code }, host)
    expect(await stage.call('rooms/settings', { room_id: code, ...sly }, host)).toEqual(before)
    expect(await stage.call('rooms/detail', { code }, host)).toEqual(before)
  })

  it('[H4] no body at all counts as an empty one, and the content type of programs is not looked at', async () => {
    const bo = await stage.guest('Bo')
    expect((await stage.request('POST', '/api/auth/refresh', { token: bo.token })).status).toBe(200)
    expect(await stage.request('POST', '/api/auth/guest')).toMatchObject(refusedField('display_name'))
    for (const type of ['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded', 'nonsense']) {
      const headers = { 'content-type': type }
      const answer = await stage.request('POST', '/api/auth/guest', { body: { display_name: 'Bo' }, headers })
      expect(answer).toMatchObject({ status: 200, body: { display_name: 'Bo' } })
    }
  })
})

describe('a page of another origin', () => {
  const origins = ['https://evil.example', 'null', 'http://localhost:5173']
  // What a page may send without a preflight.
  const SIMPLE = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; a=application/json',
  ]

  it.each(posts)('[H4] has to ask before it posts to %s: what it may send unasked is 400', async (name) => {
    for (const origin of origins)
      for (const type of SIMPLE) {
        const headers = { origin, 'content-type': type }
        const answer = await stage.request('POST', routes[name].path, { body: '{}', token: host.token, headers })
        expect(answer).toEqual({
          status: 400,
          body: { code: 'invalid_json', error: 'Send the body as JSON, with the content type application/json.' },
        })
      }
  })

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.api+json'])(
    '[H4] that sends %s has asked',
    async (type) => {
      const headers = { origin: 'https://watch.example', 'content-type': type }
      const answer = await stage.request('POST', '/api/auth/guest', { body: { display_name: 'Bo' }, headers })
      expect(answer.status).toBe(200)
    },
  )
})

describe('addresses', () => {
  const pathOf = (name: RouteName) => routes[name].path.replace('{code}', 'CCCCCC')

  it.each(Object.keys(routes) as RouteName[])('[H1] %s answers the same with a trailing slash', async (name) => {
    const { method } = routes[name]
    const body = method === 'POST' ? {} : undefined
    const [without, slashed] = [
      await stage.request(method, pathOf(name), { body }),
      await stage.request(method, `${pathOf(name)}/`, { body }),
    ]
    expect(without.body.code).not.toBe('not_found')
    expect(slashed).toEqual(without)
  })

  it.each([
    ['GET', '/api/nothing'],
    ['POST', '/api/nothing/'],
    ['GET', '/api/auth/nothing'],
    ['POST', '/api/auth/login/now'],
    ['POST', '/api/rooms/CCCCCC'],
    ['GET', '/api/rooms/CCCCCC/nothing'],
    ['GET', '/api/rooms/CCCCCC/detail/more'],
    ['GET', '/api/auth/__proto__'],
    ['POST', '/api/constructor'],
  ])('[H2] [H5] %s %s is 404 not_found, as JSON', async (method, path) => {
    const response = await fetch(`${stage.runtime.url}${path}`, { method })
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8'])
    expect(await response.json()).toEqual({ error: 'There is nothing at this address.', code: 'not_found' })
  })

  it.each(Object.keys(routes) as RouteName[])('[H5] %s with another method is 404', async (name) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (method === routes[name].method) continue
      const answer = await stage.request(method, pathOf(name), { token: host.token })
      // CREATE and REJECT are codes that rooms can have: GET asks for a preview of these.
      const isCode =
        method === 'GET' && parseRoomCode(/^\/api\/rooms\/(\w+)$/.exec(pathOf(name))?.[1] ?? '') !== undefined
      expect([method, answer.status, answer.body.code]).toEqual([method, 404, isCode ? 'room_not_found' : 'not_found'])
    }
    const head = await fetch(`${stage.runtime.url}${pathOf(name)}`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([name === 'health' ? 200 : 404, ''])
    const options = await fetch(`${stage.runtime.url}${pathOf(name)}`, { method: 'OPTIONS' })
    expect([options.status, await options.text()]).toEqual([204, ''])
  })

  it.each(['search', 'source', 'progress', 'a', 'log-in'])('[H5] there is no route rooms/%s', async (word) => {
    expect(await stage.request('GET', `/api/rooms/${word}/`)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })

  it.each(['CCCCCC', 'cccccc', 'c4c', 'SEARCH', 'ABC-DEF', 'a%20b', '7'])(
    '[R14] there is no room %s, which may be a code with a slip',
    async (code) => {
      const answer = await stage.request('GET', `/api/rooms/${code}`)
      expect(answer).toMatchObject({ status: 404, body: { code: 'room_not_found' } })
    },
  )

  it('answers may not be sniffed, and are kept to https', async () => {
    for (const path of ['/api/health', '/api/nothing', '/api/auth/me']) {
      const { headers } = await fetch(`${stage.runtime.url}${path}`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)
    }
  })

  it('[R19][K4] health says that all is well, and which versions', async () => {
    expect(await stage.call('health', {})).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      protocol: 1,
    })
  })
})

describe('queries', () => {
  const far = Buffer.from('000000000000000#').toString('base64url')
  const cursors = ['', 'x', 'AAAA', '!!!', '🙂', '../../etc/passwd', far, 'A'.repeat(513), ULID]

  it.each(['rooms/mine', 'rooms/public', 'rooms/participants'] as const)(
    '[H3] [H7] a cursor of garbage to %s is 400 and named',
    async (name) => {
      for (const cursor of cursors)
        expect(await stage.refused(name, { room_id: code, cursor }, host), cursor).toMatchObject(refusedField('cursor'))
    },
  )

  it.each([
    ['before', { before: 'x' }],
    ['before', { before: ULID.toLowerCase() }],
    ['after', { after: '' }],
    ['after', { after: `${ULID}0` }],
    ['after', { before: ULID, after: ULID }],
  ])('[H3] a wrong %s for messages is 400 and named: %o', async (field, page) => {
    expect(await stage.refused('rooms/messages', { room_id: code, ...page }, host)).toMatchObject(refusedField(field))
  })

  it.each(['rooms/participants', 'rooms/messages'] as const)('[H3] %s without a room is 400', async (name) => {
    expect(await stage.request('GET', routes[name].path, { token: host.token })).toMatchObject(refusedField('room_id'))
  })
})

describe('[A11] display names', () => {
  const family = '👨‍👩‍👧‍👦'
  it.each([
    ['one character', 'A'],
    ['trimmed', ' \t Ana Lúa \n'],
    ['forty emoji', '😀'.repeat(40)],
    ['ten families', family.repeat(10)],
    ['forty letters with marks', 'e\u0301'.repeat(40)],
    ['Persian with its joiner', 'می\u200cروم'],
    ['Hebrew', 'חנה'],
    ['punctuation', '<b>"Ana" & Bo</b>'],
  ])('may be %s', async (_, name) => {
    expect(await stage.call('auth/guest', { display_name: name })).toMatchObject({ display_name: name.trim() })
  })

  it.each([
    ['empty', ''],
    ['of spaces only', ' \u00a0\u3000\t'],
    ['forty-one letters', 'x'.repeat(41)],
    ['forty-one emoji', '😀'.repeat(41)],
    ['a stack of marks', `e${'\u0301'.repeat(121)}`],
    ['a mark alone', '\u0301'],
    ['with a control character', 'A\u0000na'],
    ['with a line feed', 'A\nna'],
    ['with a line separator', 'A\u2028na'],
    ['with an override of direction', 'A\u202ena'],
    ['with an isolate', 'A\u2066na'],
    ['with a mark of direction', 'A\u200fna'],
    ['with a space of no width', 'A\u200bna'],
    ['with a soft hyphen', 'A\u00adna'],
    ['a filler that is drawn as nothing', '\u3164'],
    ['with tag characters', 'A\u{e0041}na'],
    ['with half a character', 'A\ud800na'],
    ['with private use', 'A\ue000na'],
    ['that unfolds to more than a key can hold', 'ﷺ'.repeat(40)],
  ])('may not be %s', async (_, name) => {
    expect(await stage.refused('auth/guest', { display_name: name })).toMatchObject(refusedField('display_name'))
    const room = { is_private: false, name }
    expect(await stage.refused('rooms/create', room, host)).toMatchObject(refusedField('name'))
  })
})

describe('[A10] passwords', () => {
  it.each([
    ['eight characters', '8 chars!'],
    ['eight spaces', ' '.repeat(8)],
    ['eight emoji', '😀'.repeat(8)],
    ['72 bytes', 'é'.repeat(36)],
  ])('may be %s', async (what, password) => {
    const email = `${what.replaceAll(' ', '.')}@example.com`
    await stage.call('auth/register', { email, password, display_name: 'Ana' })
    await stage.call('auth/login', { email, password })
  })
})

describe('[R3] a video', () => {
  const url = (length: number) => `https://a.example/${'v'.repeat(length - 18)}`
  it.each([
    { url: 'https://a.example/v.mp4' },
    { url: 'http://localhost:8000/v.mp4' },
    { url: 'http://127.0.0.1/v.mp4', title: null, duration: null },
    { url: url(2048) },
    { url: 'https://a.example/', title: 't'.repeat(200), duration: 604_800 },
    { url: 'https://a.example/', title: '', duration: 0.001 },
    { url: 'https://a.example/', title: 'فیلم\u200cها 👨‍👩‍👧 ❤️', duration: null },
  ])('may be %o', async (media) => {
    const { code: made } = await stage.call('rooms/create', { is_private: false, media }, host)
    const detail = await stage.call('rooms/detail', { code: made }, host)
    expect(detail.media).toEqual({ title: null, duration: null, ...media })
  })

  it.each<[string, Record<string, unknown>]>([
    ['url', { url: '' }],
    ['url', { url: 'v.mp4' }],
    ['url', { url: 'http://a.example/v.mp4' }],
    ['url', { url: 'http://localhost.a.example/v.mp4' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: 'data:video/mp4;base64,AAAA' }],
    ['url', { url: 'file:///etc/passwd' }],
    ['url', { url: 'https://ana:secret@a.example/' }],
    ['url', { url: 'https://ana@a.example/' }],
    ['url', { url: url(2049) }],
    ['url', { url: 'https://a.example/\ud800' }],
    ['title', { title: 't'.repeat(201) }],
    ['title', { title: 7 }],
    ['title', { title: 'half \ud800' }],
    ['title', { title: 'a\u0000b' }],
    ['title', { title: 'a\nb' }],
    ['title', { title: 'a\u202efdp.4pm' }],
    ['title', { title: 'a\u200bb' }],
    ['title', { title: 'a\ue000b' }],
    ['duration', { duration: 0 }],
    ['duration', { duration: -1 }],
    ['duration', { duration: 604_801 }],
    ['duration', { duration: '90' }],
  ])('may not have the %s of %o', async (field, wrong) => {
    const media = { url: 'https://a.example/', ...wrong }
    const answer = await stage.refused('rooms/create', { is_private: false, media }, host)
    expect(answer).toMatchObject(refusedField(`media.${field}`))
  })
})

describe('[R1] [R12] where a video starts', () => {
  const media = { url: 'https://a.example/v.mp4' }
  it.each([
    { start: -1, media },
    { start: 604_801, media },
    { start: '90', media },
    { start: null, media },
  ])('may not be %o', async (wrong) => {
    expect(await stage.refused('rooms/create', { is_private: false, ...wrong }, host)).toMatchObject(
      refusedField('start'),
    )
    expect(await stage.refused('rooms/settings', { room_id: code, ...wrong }, host)).toMatchObject(
      refusedField('start'),
    )
  })

  it.each([{}, { media: null }])('is refused with %o: it goes with a video', async (without) => {
    const refused = { status: 400, body: { error: expect.stringContaining('goes with media') } }
    const made = { is_private: false, start: 90, ...without }
    expect(await stage.refused('rooms/create', made, host)).toMatchObject(refused)
    const change = { room_id: code, start: 90, ...without }
    expect(await stage.refused('rooms/settings', change, host)).toMatchObject(refused)
  })
})

describe('[R9] a mute', () => {
  it.each([1, 30 * 24 * 3600])('may last %i seconds', async (seconds) => {
    const bo = await stage.member(code, 'Bo')
    const mute = { room_id: code, user_id: bo.id, seconds }
    expect(await stage.call('rooms/mute', mute, host)).toEqual({ ok: true })
  })
})
