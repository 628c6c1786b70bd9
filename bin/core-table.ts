import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// What the operator's commands that work on the core table have in common.

/** What whoever typed the command can put right. Its message is all that they read. */
export class Mistake extends Error {}

const runtimeFile = join(import.meta.dirname, '..', '.streamit', 'runtime.json')

type RuntimeState = { dynamodb: string; coreTable: string }

const readRuntime = (): RuntimeState => {
  try {
    return JSON.parse(readFileSync(runtimeFile, 'utf8')) as RuntimeState
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Mistake(
        'No local runtime is running. Start it with "npm start", or name a deployed table with --table.',
      )
    throw error
  }
}

/** The name of the core table: the one given, or the local runtime's, at which it then points the SDK. */
export const chooseTable = (named: string | undefined): string => {
  if (named !== undefined) return named
  const { dynamodb, coreTable } = readRuntime()
  // The SDK reads these itself. The address lets in without a secret: where the runtime works on a table at AWS, it signs
  // with the developer's credentials.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
  return coreTable
}

/** What the SDK throws where the table cannot be reached as asked, in our words. */
const SENTENCES: [pattern: RegExp, sentence: string][] = [
  [/^ResourceNotFoundException/, 'There is no such table in this account and region: see the output CoreTableName.'],
  [/Region is missing/, 'Name the region of the table, for example with AWS_REGION=eu-central-1.'],
  [/^AccessDenied/, 'These credentials may not use the table: see docs/operations.md for the rights that this needs.'],
  [
    /^(CredentialsProviderError|UnrecognizedClient|InvalidSignature|ExpiredToken|TokenProvider)/,
    'There are no AWS credentials, or they do not hold any more: sign in first.',
  ],
  [/ECONNREFUSED/, 'Nothing answers at the address of the table. Is the local runtime still running?'],
  [/ENOTFOUND|EAI_AGAIN/, 'The address of the table is not known: look at the region.'],
]

const sentenceFor = (error: unknown): string | undefined => {
  if (error instanceof Mistake) return error.message
  if (!(error instanceof Error)) return undefined
  const told = `${error.name}: ${error.message} ${'code' in error ? error.code : ''}`
  return SENTENCES.find(([pattern]) => pattern.test(told))?.[1]
}

/** Runs a command: what it answers is printed; what went wrong is one sentence, where we have one. */
export const runCommand = async (run: () => Promise<string>): Promise<void> => {
  try {
    console.log(await run())
  } catch (error) {
    const sentence = sentenceFor(error)
    if (sentence === undefined) throw error
    console.error(sentence)
    process.exitCode = 1
  }
}
