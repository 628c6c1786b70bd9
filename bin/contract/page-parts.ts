import { type Field, fieldsIn } from '../frames/fields.ts'
import { code, line } from './markup.ts'
import type { OpenApi, Operation, Parameter } from './published.ts'
import type { Schema } from './schemas.ts'

const field = ({ name, type, isOptional, meaning }: Field): string =>
  `<dt>${code(name)}</dt><dd><span>${line(type)}${isOptional ? ', optional' : ''}</span> ${line(meaning)}</dd>`

/** A GET's fields in the form of a body's, so that they are shown alike. */
const asObject = (parameters: readonly Parameter[]): Schema => ({
  properties: Object.fromEntries(
    parameters.map(({ name, description, schema }) => [
      name,
      { ...schema, ...(description !== undefined && { description }) },
    ]),
  ),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
})

/** The fields of a schema or of parameters, each with its type and meaning; nothing where there are none. */
export const fieldList = (title: string, schema: Schema, parameters?: readonly Parameter[]): string => {
  const fields = fieldsIn(parameters === undefined ? schema : asObject(parameters), '').filter(
    ({ name }) => name !== 'type',
  )
  return fields.length === 0 ? '' : `<h4>${title}</h4>\n<dl>${fields.map(field).join('')}</dl>`
}

/** The refusals of a call, by status. */
export const refusalList = ({ responses }: Operation, { components }: OpenApi): string => {
  const rows = Object.entries(responses)
    .filter(([status]) => status >= '4' && status < '6')
    .map(([status, { $ref = '' }]) => {
      const { description = '' } = components.responses[$ref.slice('#/components/responses/'.length)] ?? {}
      return `<dt>${status}</dt><dd>${line(description)}</dd>`
    })
  return `<h4>Refusals</h4>\n<dl class="refusals">${rows.join('')}</dl>`
}
