import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clientExamples, serverExamples } from '../../bin/frames/examples.ts'
import { fieldsOf } from '../../bin/frames/fields.ts'
import { ClientEvent } from '../../protocol/client-events.ts'
import { ServerEvent } from '../../protocol/server-events.ts'

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'frames.md'), 'utf8')
const events = [
  ...ClientEvent.options.map((event) => ({ from: 'clients', type: event.shape.type.value, event })),
  ...ServerEvent.options.map((event) => ({ from: 'the server', type: event.shape.type.value, event })),
]

describe('docs/frames.md', () => {
  it.each(events)('says what $type from $from is, and each of its fields', ({ event }) => {
    expect(event.description).toMatch(/\w{3}.*\.$/)
    expect(fieldsOf(event).filter(({ meaning }) => meaning === '')).toEqual([])
  })

  it.each(Object.entries(clientExamples))('has an example of %s that the server understands', (_type, example) => {
    expect(ClientEvent.parse(example)).toEqual(example)
    expect(document).toContain(JSON.stringify(example))
  })

  it.each(Object.entries(serverExamples))('has an example of %s that the server may send', (_type, example) => {
    expect(ServerEvent.parse(example)).toEqual(example)
    expect(document).toContain(JSON.stringify(example))
  })
})
