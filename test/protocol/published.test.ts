import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import asyncApiStandard from '@asyncapi/specs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { contractDocuments } from '../../bin/contract/documents.ts'
import { callExamples } from '../../bin/contract/examples.ts'
import asyncApi from '../../docs/asyncapi.json' with { type: 'json' }
import openApi from '../../docs/openapi.json' with { type: 'json' }
import { clientEventTypes, serverEventTypes } from '../../protocol/event-types.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')

/** What a JSON Pointer of the document leads to. */
const at = (document: unknown, pointer: string): unknown =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document)
const references = (document: object): string[] =>
  [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer = '']) => pointer)
const rulesIn = (document: object): string[] =>
  [...JSON.stringify(document).matchAll(/\/docs#(\w+)/g)].map(([, rule = '']) => rule)

it.each(Object.entries(contractDocuments()))('docs/%s is what `npm run docs:contract` writes', (file, text) => {
  expect(readFileSync(join(docs, file), 'utf8') === text, 'Run `npm run docs:contract`.').toBe(true)
})

describe('docs/openapi.json', () => {
  const operations: Record<string, object> = Object.fromEntries(
    Object.entries(openApi.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  )

  it('is OpenAPI 3.1, as the standard has it', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(openApi))
    expect(errors).toBeUndefined()
    expect({ valid, version: validator.version }).toEqual({ valid: true, version: '3.1' })
  })

  it('has every route, and no other', () => {
    const ours = Object.values(routes).map(({ method, path }) => `${method} ${path}`)
    expect(Object.keys(operations).sort()).toEqual(ours.sort())
  })

  it.each(Object.entries(operations))('%s has rules of docs/protocol.md', (_name, operation) => {
    expect(rulesIn(operation).length).toBeGreaterThan(0)
  })

  it('refers only to what it holds', () => {
    const found = references(openApi)
    expect(found.length).toBeGreaterThan(50)
    expect(found.filter((pointer) => at(openApi, pointer) === undefined)).toEqual([])
  })

  it.each(Object.entries(callExamples))('has an example of %s that the contract allows', (name, { sent, answered }) => {
    const { request, answer } = routes[name as RouteName]
    expect(request.parse(sent)).toEqual(sent)
    expect(answer.parse(answered)).toEqual(answered)
  })
})

describe('docs/asyncapi.json', () => {
  it('is AsyncAPI 3, as the standard has it', () => {
    // The standard's schema holds the draft that it is written in, which ajv would bring as well.
    const ajv = new Ajv({ meta: false, validateSchema: false, strict: false, logger: false, formats: { uri: /^\w+:/ } })
    const validate = ajv.compile<unknown>({ ...asyncApiStandard.schemas['3.0.0'] } as object)
    validate(asyncApi)
    expect(validate.errors).toBeNull()
  })

  it('has every type of frames in its direction, and no other', () => {
    const named = [
      ...clientEventTypes.map((type) => `${type}_from_client`),
      ...serverEventTypes.map((type) => `${type}_from_server`),
    ]
    expect(Object.keys(asyncApi.components.messages).sort()).toEqual(named.sort())
    const { hear, tell } = asyncApi.operations
    expect(hear.messages).toHaveLength(clientEventTypes.length)
    expect(tell.messages).toHaveLength(serverEventTypes.length)
  })

  it.each(Object.entries(asyncApi.components.messages))('%s has rules of docs/protocol.md', (_name, message) => {
    expect(rulesIn(message).length).toBeGreaterThan(0)
  })

  it('refers only to what it holds', () => {
    const found = references(asyncApi)
    expect(found.length).toBeGreaterThan(50)
    expect(found.filter((pointer) => at(asyncApi, pointer) === undefined)).toEqual([])
  })
})
