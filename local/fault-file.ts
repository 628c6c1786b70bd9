import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { Faults } from './faults.ts'

const rate = z.number().min(0).max(1).default(0)

const FaultFile = z.strictObject({
  dropDisconnect: z.boolean().default(false),
  delayUpgradeMilliseconds: z.number().min(0).default(0),
  duplicateAsyncInvoke: z.boolean().default(false),
  reorderFrames: z.boolean().default(false),
  duplicateFrames: z.boolean().default(false),
  /** How long posts take: half of them at most p50, 95 in a hundred at most p95. */
  postDelayMilliseconds: z.strictObject({ p50: z.number().positive(), p95: z.number().positive() }).optional(),
  /** Shares, 0 to 1, of posts answered with this status. */
  postErrorRates: z.strictObject({ gone: rate, tooMany: rate }).default({ gone: 0, tooMany: 0 }),
  /** Shares, 0 to 1, of calls to DynamoDB that fail this way. */
  dynamoDbErrorRates: z.strictObject({ conflict: rate, throttled: rate }).default({ conflict: 0, throttled: 0 }),
  /** Shares, 0 to 1, of calls that are carried out and whose answer is lost. */
  lostAnswerRates: z.strictObject({ posts: rate, dynamoDb: rate }).default({ posts: 0, dynamoDb: 0 }),
})

// The 95th percentile of the standard normal distribution.
const Z95 = 1.645

// Latencies are skewed to the right: a log-normal distribution through both points.
const logNormal = (p50: number, p95: number): number => {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return p50 * (p95 / p50) ** (normal / Z95)
}

const draw = <Result>(first: readonly [number, Result], second: readonly [number, Result]): Result | undefined => {
  const ticket = Math.random()
  if (ticket < first[0]) return first[1]
  return ticket < first[0] + second[0] ? second[1] : undefined
}

const WRITES = /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems|TransactGetItems)$/

const parse = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}.`)
  }
}

/**
 * Reads `--faults <file.json>`; what it returns turns on what the file asks for.
 * @throws Error with one sentence where the file is missing or wrong
 */
export const readFaultFile = (file: string): ((faults: Faults) => void) => {
  const parsed = FaultFile.safeParse(parse(file))
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`${file} is not a list of faults: ${wrong.join('; ')}.`)
  }
  const { postDelayMilliseconds: delay, postErrorRates: posts, ...others } = parsed.data
  const { dynamoDbErrorRates: calls, lostAnswerRates: lost, ...flags } = others
  return (faults) => {
    Object.assign(faults, flags)
    if (delay !== undefined) faults.delayPost = () => logNormal(delay.p50, delay.p95)
    faults.answerPost = () => draw([posts.gone, 410], [posts.tooMany, 429])
    faults.losePostAnswer = () => Math.random() < lost.posts
    faults.loseDynamoDbAnswer = () => Math.random() < lost.dynamoDb
    faults.failDynamoDb = ({ action }) =>
      draw(
        [WRITES.test(action) ? calls.conflict : 0, 'TransactionConflictException'],
        [calls.throttled, 'ThrottlingException'],
      )
  }
}
