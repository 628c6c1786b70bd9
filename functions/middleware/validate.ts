import type * as z from 'zod'
import { MAX_BODY_BYTES } from '../../protocol/limits.ts'
import { Refusal } from '../../protocol/refusals.ts'

/**
 * A JSON object out of untrusted text. JSON.parse makes `__proto__` an ordinary own field, which no schema reads.
 * @throws Refusal invalid_json
 */
export const parseJsonObject = (text: string): Record<string, unknown> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal('invalid_json')
    throw error
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('invalid_json')
  return value as Record<string, unknown>
}

/** What the schema reads of the value. @throws Refusal invalid_field, naming the field */
export const parseWith = <S extends z.ZodType>(schema: S, value: unknown): z.infer<S> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') || 'body'
  throw new Refusal('invalid_field', { message: `The field "${field}" is not valid: ${sentence(issue?.message)}.` })
}

const sentence = (message: string | undefined): string => {
  const text = message ?? 'wrong value'
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')
}

const JSON_TYPE = /^\s*application\/(json|[\w.-]+\+json)\s*(;|$)/i

/**
 * A page of any origin may post a form or plain text without asking first, and so make its visitors sign in as somebody
 * else. JSON it has to ask for. Browsers name the origin of every POST; programs name none, and may say what they like.
 * @throws Refusal invalid_json
 */
export const assertAskedFirst = (headers: Record<string, string | undefined>): void => {
  if (headers.origin === undefined || JSON_TYPE.test(headers['content-type'] ?? '')) return
  throw new Refusal('invalid_json', { message: 'Send the body as JSON, with the content type application/json.' })
}

/** The body of a request as a JSON object; none at all counts as an empty one. @throws Refusal too_large, invalid_json */
export const parseBody = (body: string | undefined, isBase64Encoded: boolean): Record<string, unknown> => {
  if (body === undefined || body === '') return {}
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (bytes.length > MAX_BODY_BYTES) throw new Refusal('too_large')
  return parseJsonObject(bytes.toString('utf8'))
}
