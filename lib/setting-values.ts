import * as z from 'zod'

/** `-c name=value` on the command line always arrives as text. */
const fromText = (value: unknown): unknown => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value)
export const numberFrom = (low: number, high: number) => {
  const rule = `must be a number from ${low} to ${high}`
  return z.preprocess(fromText, z.number(rule).min(low, rule).max(high, rule))
}
export const countFrom = (low: number, high: number) => {
  const rule = `must be a whole number from ${low} to ${high}`
  return z.preprocess(fromText, z.int(rule).min(low, rule).max(high, rule))
}
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 180, 365]
export const retentionDays = z.preprocess(
  fromText,
  z.literal(RETENTION_DAYS, `must be one of ${RETENTION_DAYS.join(', ')}`),
)
export const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean('must be true or false'),
)
const ORIGINS = 'must be origins such as https://watch.example'
/** Origins, in JSON a list, on the command line separated by commas. */
export const origins = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : value,
  z.array(z.string(ORIGINS).regex(/^https?:\/\/[^/\s]+$/, ORIGINS), ORIGINS),
)

const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/
const HOST_RULE = 'must be a host name such as watch.example, in lower case'
export const hostName = z.string(HOST_RULE).regex(HOST, HOST_RULE)

const EMAIL = 'must be an e-mail address'
export const emailAddress = z.email(EMAIL)

const TABLE_NAME = 'must be the name of a table: 3 to 255 letters, digits, dots, dashes and underscores'
export const tableName = z.string(TABLE_NAME).regex(/^[\w.-]{3,255}$/, TABLE_NAME)

/**
 * The address of something that CloudFront uses, which takes it from us-east-1 and from no other region.
 * @param form what stands behind the account's number
 */
const inUsEast1 = (service: string, form: RegExp, what: string) => {
  const rule = `must be the ARN of ${what}`
  return z.string(rule).check(({ value, issues }) => {
    const [arn, partition = '', its, region, account = '', ...rest] = value.split(':')
    const isOne = arn === 'arn' && /^aws[\w-]*$/.test(partition) && its === service && /^\d{12}$/.test(account)
    if (!isOne || !form.test(rest.join(':'))) issues.push({ code: 'custom', message: rule, input: value })
    else if (region !== 'us-east-1') {
      const message = `must be in us-east-1, from where CloudFront takes it, whichever region the stack is in; this one is in ${region}`
      issues.push({ code: 'custom', message, input: value })
    }
  })
}
export const certificateArn = inUsEast1('acm', /^certificate\/[\w-]+$/, 'a certificate')
export const webAclArn = inUsEast1('wafv2', /^global\/webacl\/[\w-]+\/[\w-]+$/, 'a web ACL of scope CLOUDFRONT')

const DOCUMENTS = 'must be an address such as https://github.com/<owner>/<name>/blob/HEAD, without a slash at its end'
/** Where the files of this repository can be read. */
export const documentsUrl = z.string(DOCUMENTS).regex(/^https:\/\/[^\s/?#]+(\/[^\s/?#]+)*$/, DOCUMENTS)

const WORDS = 'must be 1 to 200 characters on one line'
/** Something that people read. */
export const words = z.string(WORDS).regex(/^[^\p{Cc}]{1,200}$/u, WORDS)
