import { describe, expect, it } from 'vitest'
import { readEvent } from '../../client/connection/frames.ts'
import { removal } from '../../functions/domain/removal.ts'
import { ClientEvent } from '../../protocol/client-events.ts'
import { refusals } from '../../protocol/refusals.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { ServerEvent } from '../../protocol/server-events.ts'
import { meaningOfEvents } from './meaning.ts'
import { readRecorded, versions } from './recorded.ts'

it('[W7] a page of 0.1.0 takes a removal of whatever code for the end, and keeps its account', async () => {
  const then = (await import('./0.1.0/reads.ts')).ServerEvent
  const ended = removal('expired')
  // Nothing but the code is new to it.
  expect(then.safeParse(ended).success).toBe(false)
  expect(then.safeParse({ ...ended, code: 'signed_out' }).success).toBe(true)
  // Its pages carried no schemas: they closed for good at any REMOVED. At `signed_out` alone they threw the account away,
  // at a code that they did not know they said that the connection ended, with a button that leads to the room again.
  expect(ended).toMatchObject({ type: 'REMOVED', message: expect.any(String) })
  expect(ended).not.toMatchObject({ code: 'signed_out' })
})

describe.each(versions)('what %s sent', (version) => {
  const { frames, answers } = readRecorded(version)

  it.each(frames.server)('is read by the page of today: $who in $room', ({ heard, meaning }) => {
    const events = heard.map((frame) => readEvent(JSON.stringify(frame)))
    expect(events).toEqual(heard)
    expect(meaningOfEvents(events.filter((event) => event !== undefined))).toMatchObject(meaning)
  })

  it('from the server is what the protocol of today says, and nothing is lost', () => {
    for (const frame of frames.server.flatMap(({ heard }) => heard)) expect(ServerEvent.parse(frame)).toEqual(frame)
  })

  it.each(frames.client)('from a page is understood: $type', (frame) => {
    expect(Object.keys(ClientEvent.parse(frame)).sort()).toEqual(Object.keys(frame).sort())
  })

  it.each(answers.calls)('over HTTP is read and understood: $route $status', ({ route, request, status, answer }) => {
    const today = routes[route as RouteName]
    if (status < 400) {
      expect(status).toBe(today.status)
      expect(today.request.safeParse(request)).toMatchObject({ success: true })
      expect(today.answer.parse(answer)).toMatchObject(answer as object)
    } else {
      const refusal = Object.entries(refusals).find(([code]) => code === (answer as { code?: string }).code)
      expect(refusal?.[1][0]).toBe(status)
    }
  })
})
