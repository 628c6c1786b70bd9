import * as z from 'zod'
import { Media } from '../../protocol/media.ts'
import { Member } from '../../protocol/member.ts'
import { RoomDetail } from '../../protocol/room.ts'
import { ShownMessage, Viewer } from '../../protocol/server-events.ts'
import { SignedIn, User } from '../../protocol/user.ts'

export type Schema = z.core.JSONSchema.BaseSchema

/** What several answers or frames show: it has a name in the documents. All else stands where it is used. */
const views = new Map<unknown, string>(
  Object.entries({ Media, Member, RoomDetail, ShownMessage, SignedIn, User, Viewer }).map(([name, view]) => [
    view,
    name,
  ]),
)
/** What `describe` says, and the names of views. */
const metadata = Object.assign(z.registry<{ id?: string }>(), {
  get: (schema: z.core.$ZodType) => {
    const id = views.get(schema)
    return { ...z.globalRegistry.get(schema), ...(id !== undefined && { id }) }
  },
})

/** A whole number is bounded by what JavaScript counts exactly, and any object may get further fields: neither is said. */
const plain = ({ jsonSchema }: { jsonSchema: Schema }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

const withoutDialect = ({ $schema: _, ...schema }: Schema): Schema => schema

/** The JSON Schema of what a client sends. */
export const sentSchema = (schema: z.ZodType): Schema =>
  withoutDialect(z.toJSONSchema(schema, { io: 'input', override: plain }))

/** The JSON Schema of what the server tells, whole. */
export const toldSchemaInline = (schema: z.ZodType): Schema =>
  withoutDialect(z.toJSONSchema(schema, { override: plain }))

/** The JSON Schema of what the server tells. Its views are put into `components`, and named where they are used. */
export const toldSchema = (schema: z.ZodType, components: Record<string, unknown>): Schema => {
  const whole = JSON.stringify(z.toJSONSchema(schema, { metadata, override: plain }))
  const { $defs, ...told } = JSON.parse(whole.replaceAll('"#/$defs/', '"#/components/schemas/')) as Schema
  Object.assign(components, $defs)
  return withoutDialect(told)
}

/** An object of the same, sorted by name, so that the documents do not depend on the order of finding. */
export const sorted = <T>(named: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(named).sort(([one], [other]) => (one < other ? -1 : 1)))
