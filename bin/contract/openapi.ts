import manifest from '../../package.json' with { type: 'json' }
import { type RouteName, routes } from '../../protocol/routes.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { callExamples } from './examples.ts'
import { refusalComponents, refusalResponses } from './refusal-responses.ts'
import { linked, rulesOfCall } from './rules.ts'
import { type Schema, sentSchema, sorted, toldSchema } from './schemas.ts'

const DESCRIPTION = `Accounts, rooms and members of StreamIt. What happens in a room goes over its WebSocket: [asyncapi.json](/api/asyncapi.json).

A trailing slash is optional on every path (${linked(['H1'])}). A refusal has a stable \`code\` and a sentence for people (${linked(['H2', 'H8'])}). Unknown fields are ignored (${linked(['H3'])}): ignore yours as well, a newer server may send more. A call whose answer was lost can be asked again (${linked(['H9'])}).

Times are epoch milliseconds of the server's clock unless a field says seconds. This is version ${PROTOCOL_VERSION} of the protocol.`

const SECURITY = { none: [], optional: [{}, { token: [] }], required: [{ token: [] }] } as const

/** Fields of a GET stand in the path or in the query. */
const parametersOf = (path: string, { properties = {}, required = [] }: Schema) =>
  Object.entries(properties).map(([name, field]) => {
    const isInPath = path.includes(`{${name}}`)
    const { description, ...schema } = typeof field === 'object' ? field : {}
    return {
      name,
      in: isInPath ? 'path' : 'query',
      required: isInPath || required.includes(name),
      ...(description !== undefined && { description }),
      schema,
    }
  })

/** `rooms/kick` becomes `roomsKick`, from which generated clients name their functions. */
const operationId = (name: RouteName): string => name.replace(/\/(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What operations refer to, as it is found. */
type Components = Record<'schemas' | 'responses', Record<string, unknown>>

const operation = (name: RouteName, { schemas, responses }: Components) => {
  const route = routes[name]
  const rules = rulesOfCall(route.method, route.path.slice('/api/'.length))
  const request = sentSchema(route.request)
  const hasFields = Object.keys(request.properties ?? {}).length > 0
  const example = callExamples[name]
  const isBody = route.method === 'POST' && hasFields
  const content = (schema: Schema, shown: unknown) => ({
    'application/json': { schema, ...(shown !== undefined && { example: shown }) },
  })
  return {
    operationId: operationId(name),
    tags: [name.includes('/') ? name.split('/')[0] : 'service'],
    summary: route.summary,
    description: `Rules: ${linked(rules)}`,
    'x-rules': rules,
    security: SECURITY[route.auth],
    ...(route.method === 'GET' && hasFields && { parameters: parametersOf(route.path, request) }),
    ...(isBody && { requestBody: { required: true, content: content(request, example?.sent) } }),
    responses: {
      [route.status]: {
        description: route.status === 201 ? 'Made.' : 'Done.',
        content: content(toldSchema(route.answer, schemas), example?.answered),
      },
      ...refusalResponses(route, hasFields, responses),
    },
  }
}

/** docs/openapi.json: every HTTP call, from the routes. */
export const openApiDocument = () => {
  const { schemas, responses, ...others } = refusalComponents
  const components: Components = { schemas: { ...schemas }, responses: { ...responses } }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const name of Object.keys(routes) as RouteName[]) {
    const { method, path } = routes[name]
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(name, components) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'StreamIt',
      version: manifest.version,
      summary: manifest.description,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
      'x-protocol-version': PROTOCOL_VERSION,
    },
    servers: [{ url: '/', description: 'the origin that serves this document' }],
    externalDocs: { url: '/docs', description: 'This document, the frames and the rules, for people' },
    tags: [
      { name: 'auth', description: 'Accounts and tokens' },
      { name: 'rooms', description: 'Rooms and their members' },
      { name: 'admin', description: 'For those who run the service' },
      { name: 'service', description: 'About the service itself' },
    ],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `The \`access_token\` of signing in (${linked(['H6', 'A10'])}).`,
        },
      },
      ...others,
      schemas: sorted(components.schemas),
      responses: sorted(components.responses),
    },
  }
}
