import * as z from 'zod'

type Schema = z.core.JSONSchema.BaseSchema

/** One field of a frame, as the catalogue shows it. `name`: with its path, as `members[].role`. */
export type Field = { name: string; type: string; isOptional: boolean; meaning: string }

const schemaOf = (value: z.core.JSONSchema._JSONSchema | undefined): Schema => (typeof value === 'object' ? value : {})
const formatted = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 3 })
const isBound = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER

/** "1 to 64", "at most 64", "at least 1", or nothing where there is no limit. */
const limits = (least: number | undefined, most: number | undefined): string => {
  if (isBound(least) && isBound(most)) return `${formatted(least)} to ${formatted(most)}`
  if (isBound(most)) return `at most ${formatted(most)}`
  return isBound(least) ? `at least ${formatted(least)}` : ''
}

const textType = ({ minLength, maxLength, pattern }: Schema): string => {
  if (pattern !== undefined) return `string like \`${pattern}\``
  const length = limits(minLength, maxLength)
  return length === '' ? 'string' : `string, ${length} characters`
}

const numberType = (word: string, { minimum, maximum }: Schema): string => {
  const range = limits(minimum, maximum)
  return range === '' ? word : `${word}, ${range}`
}

const oneOf = new Intl.ListFormat('en', { type: 'disjunction' })

const typeOf = (schema: Schema): string => {
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(schemaOf(one))).join(' or ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ type })).join(' or ')
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum !== undefined) return oneOf.format(schema.enum.map((value) => `\`${JSON.stringify(value)}\``))
  switch (schema.type) {
    case 'string':
      return textType(schema)
    case 'number':
      return numberType('number', schema)
    case 'integer':
      return numberType('whole number', schema)
    case 'array':
      return `list: ${typeOf(schemaOf(Array.isArray(schema.items) ? undefined : schema.items))}`
    case 'boolean':
    case 'object':
    case 'null':
      return schema.type
    default:
      throw new Error(`The catalogue has no words for ${JSON.stringify(schema)}.`)
  }
}

/** What lies inside a field: the fields of an object, of an object or null, or of each object of a list. */
const partsOf = (name: string, schema: Schema): Field[] => {
  if (schema.type === 'array')
    return partsOf(`${name}[]`, schemaOf(Array.isArray(schema.items) ? undefined : schema.items))
  const objects = [schema, ...(schema.anyOf ?? []).map(schemaOf)].filter(({ properties }) => properties !== undefined)
  return objects.flatMap((object) => fieldsIn(object, `${name}.`))
}

/** Every field of an object's schema, those of objects and lists right behind their own; their names begin with `path`. */
export const fieldsIn = (schema: Schema, path: string): Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const part = schemaOf(value)
    const isOptional = schema.required?.includes(key) !== true
    const field = { name: `${path}${key}`, type: typeOf(part), isOptional, meaning: part.description ?? '' }
    return [field, ...partsOf(field.name, part)]
  })

/** Every field of an event but its `type`, those of objects and lists right behind their own. */
export const fieldsOf = (event: z.ZodType): Field[] =>
  fieldsIn(z.toJSONSchema(event), '').filter(({ name }) => name !== 'type')
