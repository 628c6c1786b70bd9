import type * as z from 'zod'
import { ClientEvent } from '../../protocol/client-events.ts'
import { Media } from '../../protocol/media.ts'
import { RoomFacts } from '../../protocol/room.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { RemovalCode, ServerEvent, ShownMessage, Viewer } from '../../protocol/server-events.ts'
import { sentSchema, toldSchemaInline } from '../contract/schemas.ts'
import { typeText } from './type-text.ts'

const told = (schema: z.ZodType): string => typeText(toldSchemaInline(schema))
const sent = (schema: z.ZodType): string => typeText(sentSchema(schema))
const union = (types: readonly string[]): string => types.map((type) => `\n  | ${type}`).join('')
const exported = (types: Record<string, string>): string =>
  Object.entries(types)
    .map(([name, type]) => `export type ${name} = ${type}\n`)
    .join('')

const calls = (): string =>
  (Object.keys(routes) as RouteName[])
    .map((name) => `  '${name}': { sent: ${sent(routes[name].request)}; answered: ${told(routes[name].answer)} }`)
    .join('\n')

/**
 * The declarations of the modules of protocol/ whose types come out of schemas. They have the types that the client
 * reads. A type that is missing here is missed by the check of the package.
 */
export const contractTypes = (): Record<string, string> => ({
  'routes.d.ts': `import type { RouteName } from './addresses.js'
export type { RouteName }
type Calls = {
${calls()}
}
export type SentOf<N extends RouteName> = Calls[N]['sent']
export type AnswerOf<N extends RouteName> = Calls[N]['answered']
`,
  'client-events.d.ts': exported({ ClientEvent: union(ClientEvent.options.map(sent)) }),
  'server-events.d.ts': `${exported({
    ServerEvent: union(ServerEvent.options.map(told)),
    ShownMessage: told(ShownMessage),
    Viewer: told(Viewer),
    RemovalCode: told(RemovalCode),
  })}export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>
export type Revisions = NonNullable<ServerEventOf<'PONG'>['revisions']>
`,
  'media.d.ts': exported({ Media: told(Media) }),
  'room.d.ts': exported({ RoomFacts: told(RoomFacts) }),
})
