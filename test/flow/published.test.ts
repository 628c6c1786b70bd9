import { describe, expect, it } from 'vitest'
import asyncApi from '../../docs/asyncapi.json' with { type: 'json' }
import openApi from '../../docs/openapi.json' with { type: 'json' }
import { holdAnswer, holdFrame, holdSentFrame } from '../staging/published.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

describe('the published contract', () => {
  it.each([
    ['openapi', openApi],
    ['asyncapi', asyncApi],
  ] as const)('[H13] %s is answered as it is checked in, to whoever asks, and may be kept', async (name, document) => {
    const response = await fetch(`${stage.runtime.url}/api/${name}.json`)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(response.headers.get('content-type')).toMatch(/^application\/json\b/)
    expect(await response.json()).toEqual(document)
  })
})

describe('[H14] what the tests of this folder hear and send is held against it', () => {
  const health = { method: 'GET', path: '/api/health/', sent: undefined, status: 200 }
  const refused = { method: 'POST', path: '/api/rooms/kick/', sent: {}, status: 403 }

  it('a field that is not published is found', () => {
    holdAnswer({ ...health, body: { status: 'ok', version: '0.1.0' } })
    expect(() => holdAnswer({ ...health, body: { status: 'ok', version: '0.1.0', secret: 1 } })).toThrow(
      'not as published',
    )
    expect(() => holdFrame({ type: 'USER_JOINED' })).toThrow('not as published')
  })

  it('a code that the call does not list is found', () => {
    holdAnswer({ ...refused, body: { error: 'No.', code: 'not_host' } })
    expect(() => holdAnswer({ ...refused, body: { error: 'No.', code: 'muted' } })).toThrow('not as published')
  })

  it('a status, a call and a frame that are not published are found', () => {
    expect(() => holdAnswer({ ...refused, status: 418, body: { error: 'No.', code: 'not_host' } })).toThrow('not have')
    expect(() => holdAnswer({ ...health, path: '/api/secret', body: {} })).toThrow('not have')
    expect(() => holdFrame({ type: 'SECRET' })).toThrow('not have')
  })

  it('a frame of a client that the server takes and that is not published is found', () => {
    const { time } = asyncApi.components.messages.PLAY_from_client.payload.properties
    const { maximum } = time
    // A bound that is lower than the server's. It is read when the first PLAY is held.
    time.maximum = 4
    expect(() => holdSentFrame({ type: 'PLAY', time: 5 })).toThrow('not as published')
    time.maximum = maximum
  })

  it('a frame of a client may be wrong on purpose, and hold more than is known', () => {
    holdSentFrame({ type: 'PAUSE', time: 5, added: true })
    holdSentFrame({ type: 'PAUSE', time: -1 })
    holdSentFrame({ type: 'SECRET' })
    holdSentFrame([])
  })
})
