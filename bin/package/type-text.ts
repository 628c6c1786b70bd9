import type { Schema } from '../contract/schemas.ts'

const part = (value: unknown): Schema => (typeof value === 'object' && value !== null ? value : {})
const comment = (text: string | undefined): string => (text === undefined ? '' : `/** ${text} */ `)

const object = ({ properties = {}, required = [] }: Schema): string => {
  const fields = Object.entries(properties).map(([name, value]) => {
    const field = part(value)
    return `${comment(field.description)}${name}${required.includes(name) ? '' : '?'}: ${typeText(field)}`
  })
  return `{ ${fields.join('; ')} }`
}

/** A JSON Schema of the contract as a type of TypeScript, so that who installs the client needs no schema library. */
export const typeText = (schema: Schema): string => {
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeText(part(one))).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeText({ type })).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return `(${typeText(part(schema.items))})[]`
    case 'object':
      return schema.additionalProperties === undefined ? object(schema) : `${object(schema)} & Record<string, unknown>`
    default:
      throw new Error(`There is no type for ${JSON.stringify(schema)}.`)
  }
}
