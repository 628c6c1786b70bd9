import type * as z from 'zod'
import { ClientEvent } from '../../protocol/client-events.ts'
import { ServerEvent } from '../../protocol/server-events.ts'
import { clientExamples, serverExamples } from './examples.ts'
import { type Field, fieldsOf } from './fields.ts'

const INTRODUCTION = `# Frames

Every frame of the WebSocket, written by \`npm run docs:contract\` from the schemas in \`protocol/\`. A test holds this page to them, and every example to its schema. [protocol.md](protocol.md) says when each is sent and what it does.

A frame is one JSON object in one text message, and \`type\` says which. An optional field is left out where there is nothing to say. Ignore fields and types that are not here: a newer server may send them.
`

const row = ({ name, type, isOptional, meaning }: Field): string =>
  `| \`${name}\` | ${type} | ${isOptional ? 'optional' : 'always'} | ${meaning} |`

const table = (fields: readonly Field[]): string =>
  ['| field | type | there | meaning |', '| --- | --- | --- | --- |', ...fields.map(row)].join('\n')

type Direction = 'Client to server' | 'Server to client'

const section = (direction: Direction, type: string, event: z.ZodType, example: object): string =>
  [
    `### ${type}`,
    `${direction}. ${event.description ?? ''}`,
    table(fieldsOf(event)),
    ['```json', JSON.stringify(example), '```'].join('\n'),
  ].join('\n\n')

/** The text of docs/frames.md: every event with its direction, its fields and one example. */
export const framesDocument = (): string => {
  const fromClient = ClientEvent.options.map((event) => {
    const type = event.shape.type.value
    return section('Client to server', type, event, clientExamples[type])
  })
  const fromServer = ServerEvent.options.map((event) => {
    const type = event.shape.type.value
    return section('Server to client', type, event, serverExamples[type])
  })
  const parts = [INTRODUCTION.trimEnd(), '## From clients', ...fromClient, '## From the server', ...fromServer]
  return `${parts.join('\n\n')}\n`
}
