import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import asyncApi from '../../docs/asyncapi.json' with { type: 'json' }
import openApi from '../../docs/openapi.json' with { type: 'json' }
import { ClientEvent } from '../../protocol/client-events.ts'

/** A document whose objects have the fields that they name, and no others: what is sent must be published. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const object = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]))
  const isOpen = object.type === 'object' && 'properties' in object && !('additionalProperties' in object)
  return isOpen ? { ...object, additionalProperties: false } : object
}

const ajv = new Ajv2020({ strict: false, validateSchema: false, validateFormats: false })
ajv
  .addSchema(closed(asyncApi) as object, 'asyncapi.json')
  .addSchema(closed(openApi) as object, 'openapi.json')
  // What is sent may hold more: unknown fields are ignored (H3).
  .addSchema(openApi, 'sent.json')
  .addSchema(asyncApi, 'sent-frames.json')

const pointer = (...parts: string[]): string =>
  parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')

/** @throws Error that says what of the value the document does not have */
const hold = (validate: ValidateFunction | undefined, value: unknown, name: string): void => {
  if (validate === undefined) throw new Error(`The published contract does not have ${name}.`)
  if (validate(value)) return
  throw new Error(`${name} is not as published: ${ajv.errorsText(validate.errors)}. ${JSON.stringify(value)}`)
}

/** Holds a frame of the server against docs/asyncapi.json. */
export const holdFrame = (frame: { type: string }): void => {
  const address = `asyncapi.json#/${pointer('components', 'messages', `${frame.type}_from_server`, 'payload')}`
  hold(ajv.getSchema(address), frame, `The frame ${frame.type}`)
}

/** Holds a frame of a client against docs/asyncapi.json, where the server takes it: tests send wrong ones as well. */
export const holdSentFrame = (frame: unknown): void => {
  const taken = ClientEvent.safeParse(frame)
  if (!taken.success) return
  const { type } = taken.data
  const address = `sent-frames.json#/${pointer('components', 'messages', `${type}_from_client`, 'payload')}`
  hold(ajv.getSchema(address), frame, `The frame ${type} of a client`)
}

type Response = { $ref?: string; content?: object }
type Operation = { requestBody?: object; responses: Record<string, Response> }
const paths: Record<string, Record<string, Operation>> = openApi.paths

/** The published path that an address stands for; one in letters goes before one with a code in it. */
const publishedPath = (address: string): string | undefined => {
  const [path = ''] = address.split('?')
  const asked = path.replace(/\/$/, '')
  if (asked in paths) return asked
  return Object.keys(paths).find((each) => new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked))
}

type Exchange = { method: string; path: string; sent: unknown; status: number; body: Record<string, unknown> }

/** Holds an answer against docs/openapi.json; and the body that was sent, where the server took it. */
export const holdAnswer = ({ method, path, sent, status, body }: Exchange): void => {
  // A refusal without a code is API Gateway's own (H8); HEAD and OPTIONS have no body (H5).
  if ((status >= 400 && body.code === undefined) || method === 'HEAD' || method === 'OPTIONS') return
  const published = publishedPath(path)
  const operation = published === undefined ? undefined : paths[published]?.[method.toLowerCase()]
  // A word that can be no code is no address of the contract either (H5).
  const isNoCode = published?.includes('{') === true && body.code === 'not_found'
  if (published === undefined || operation === undefined || isNoCode) {
    if (status !== 404) throw new Error(`The published contract does not have ${method} ${path}, answered ${status}.`)
    hold(ajv.getSchema('openapi.json#/components/schemas/Refusal'), body, `${method} ${path} with 404`)
    return
  }
  const name = `${method} ${published} with ${status}`
  const response = operation.responses[status]
  const below = ['paths', published, method.toLowerCase()]
  const told = response?.$ref?.slice('#/'.length) ?? pointer(...below, 'responses', String(status))
  hold(ajv.getSchema(`openapi.json#/${told}/${pointer('content', 'application/json', 'schema')}`), body, name)
  if (status >= 400 || operation.requestBody === undefined) return
  const read = pointer(...below, 'requestBody', 'content', 'application/json', 'schema')
  const taken = typeof sent === 'string' ? JSON.parse(sent) : sent
  hold(ajv.getSchema(`sent.json#/${read}`), taken, `What ${name} has taken`)
}
