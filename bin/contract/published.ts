import type { Schema } from './schemas.ts'

// What the page reads of the documents, which are JSON by then.

type Content = { 'application/json': { schema: Schema; example?: unknown } }
export type Parameter = { name: string; in: string; required: boolean; description?: string; schema: Schema }
type Response = { $ref?: string; description?: string; content?: Content }
export type Operation = {
  operationId: string
  summary: string
  description: string
  security: object[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, Response>
}
export type OpenApi = {
  info: { version: string; description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}
export type ToldMessage = {
  name: string
  summary: string
  description: string
  payload: Schema
  examples: { payload: unknown }[]
}
export type AsyncApi = {
  info: { description: string }
  components: { messages: Record<string, ToldMessage>; schemas: Record<string, Schema> }
}

/** A schema with its views in the place of their names. */
export const resolved = (schema: Schema, { components }: { components: { schemas: Record<string, Schema> } }): Schema =>
  JSON.parse(JSON.stringify(schema), (_, value) => {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(value?.$ref)?.[1]
    const view = name === undefined ? undefined : components.schemas[name]
    return view === undefined ? value : resolved(view, { components })
  })
