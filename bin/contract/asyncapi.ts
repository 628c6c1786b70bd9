import manifest from '../../package.json' with { type: 'json' }
import { ClientEvent } from '../../protocol/client-events.ts'
import { type SocketRefusalCode, socketRefusalCodes } from '../../protocol/refusal-codes.ts'
import { refusals } from '../../protocol/refusals.ts'
import { ServerEvent } from '../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { clientExamples, serverExamples } from '../frames/examples.ts'
import { linked, rulesOfFrame } from './rules.ts'
import { type Schema, sentSchema, sorted, toldSchema } from './schemas.ts'

const refusalLine = (code: SocketRefusalCode): string => `- \`${code}\`: ${refusals[code][1]}`

const DESCRIPTION = `What happens in a room of StreamIt, live. Accounts and rooms are calls over HTTP: [openapi.json](/api/openapi.json). Both documents and their rules, for people: [/docs](/docs).

Each frame is one JSON object in one text message, and \`type\` says which. Ignore fields and types that are not here: a newer server may send them. A new socket is greeted with ROOM_PARTICIPANTS, CHAT_HISTORY and PLAYBACK_STATE, in this order (${linked(['W1', 'W3'])}).

Times are epoch milliseconds of the server's clock unless a field says seconds. This is version ${PROTOCOL_VERSION} of the protocol.

The codes of ERROR:

${socketRefusalCodes.map(refusalLine).join('\n')}`

const message = (type: string, payload: Schema, example: object) => {
  const { description, ...schema } = payload
  const rules = rulesOfFrame(type)
  return {
    name: type,
    title: type,
    summary: description,
    description: `Rules: ${linked(rules)}`,
    'x-rules': rules,
    contentType: 'application/json',
    payload: schema,
    examples: [{ payload: example }],
  }
}

/** A name of each message: a type that goes both ways is two. */
const fromClient = (type: string): string => `${type}_from_client`
const fromServer = (type: string): string => `${type}_from_server`

const allMessages = (components: Record<string, unknown>) => ({
  client: Object.fromEntries(
    ClientEvent.options.map((event) => {
      const type = event.shape.type.value
      return [fromClient(type), message(type, sentSchema(event), clientExamples[type])]
    }),
  ),
  server: Object.fromEntries(
    ServerEvent.options.map((event) => {
      const type = event.shape.type.value
      return [fromServer(type), message(type, toldSchema(event, components), serverExamples[type])]
    }),
  ),
})

const CHANNEL = {
  address: '/ws/room/{code}/',
  title: 'A room',
  description: `One socket of one member. The handshake is refused with 401 without a token that holds, with 403 for anyone but an approved member, and with 429 for an eleventh socket of one person (${linked(['W4'])}). Ask for no subprotocol.`,
  parameters: { code: { description: 'the six characters that name the room' } },
  bindings: {
    ws: {
      bindingVersion: '0.1.0',
      method: 'GET',
      query: {
        type: 'object',
        properties: { token: { type: 'string', description: 'the `access_token` of signing in' } },
        required: ['token'],
      },
    },
  },
}

const references = (names: readonly string[], below: string) => names.map((name) => ({ $ref: `${below}/${name}` }))

/** docs/asyncapi.json: every frame of a room's socket, from the events. */
export const asyncApiDocument = () => {
  const schemas: Record<string, unknown> = {}
  const { client, server } = allMessages(schemas)
  const names = [...Object.keys(client), ...Object.keys(server)]
  const channel = { $ref: '#/channels/room' }
  const inChannel = '#/channels/room/messages'
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'StreamIt',
      version: manifest.version,
      description: DESCRIPTION,
      license: { name: 'MIT' },
      'x-protocol-version': PROTOCOL_VERSION,
    },
    defaultContentType: 'application/json',
    servers: {
      local: {
        host: 'localhost:3000',
        protocol: 'ws',
        description: '`npm start`',
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
      deployed: {
        host: '{domain}',
        protocol: 'wss',
        description: 'the domain of the distribution',
        variables: { domain: { description: 'the host of the pages' } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: {
      room: {
        ...CHANNEL,
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    // As the standard has it, from the server's side.
    operations: {
      hear: {
        action: 'receive',
        channel,
        summary: 'What a client may send.',
        messages: references(Object.keys(client), inChannel),
      },
      tell: {
        action: 'send',
        channel,
        summary: 'What the server sends.',
        messages: references(Object.keys(server), inChannel),
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'httpApiKey', name: 'token', in: 'query', description: 'the `access_token` of signing in' },
      },
      messages: { ...client, ...server },
      schemas: sorted(schemas),
    },
  }
}
