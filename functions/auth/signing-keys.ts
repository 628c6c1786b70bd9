import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

/** A version of the signing secret; its id is the `kid` of the tokens that it signs. */
export type SigningKey = { id: string; secret: Uint8Array }

const HELD_FOR_MILLISECONDS = 5 * 60 * 1000
const ASKED_AGAIN_AFTER_MILLISECONDS = 10 * 1000

// A call that takes longer has met a broken connection.
const client = new SecretsManagerClient({
  requestHandler: { requestTimeout: 3_000, connectionTimeout: 1_000, throwOnRequestTimeout: true },
})
let held: { keys: SigningKey[]; since: number } | undefined
/** A fetch under way, shared by all who need it. */
let fetching: Promise<SigningKey[]> | undefined

const version = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<SigningKey[]> => {
  try {
    const answer = await client.send(
      new GetSecretValueCommand({ SecretId: process.env.SIGNING_SECRET_ARN, VersionStage: stage }),
    )
    if (answer.VersionId === undefined || answer.SecretString === undefined)
      throw new Error('The signing secret has no text.')
    return [{ id: answer.VersionId, secret: new TextEncoder().encode(answer.SecretString) }]
  } catch (error) {
    // A secret that was never rotated has no previous version.
    if (stage === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return []
    throw error
  }
}

const fetchKeys = async (now: number): Promise<SigningKey[]> => {
  fetching ??= Promise.all([version('AWSCURRENT'), version('AWSPREVIOUS')]).then((versions) => versions.flat())
  try {
    const keys = await fetching
    // Replaced only by what has arrived: a failed fetch takes no good key away.
    held = { keys, since: now }
    return keys
  } finally {
    fetching = undefined
  }
}

const keysNow = async (now: number, notOlderThan: number): Promise<SigningKey[]> =>
  held !== undefined && now - held.since < notOlderThan ? held.keys : fetchKeys(now)

/** The key that signs new tokens. */
export const currentKey = async (now: number): Promise<SigningKey> => {
  const [current] = await keysNow(now, HELD_FOR_MILLISECONDS)
  if (current === undefined) throw new Error('The signing secret has no current version.')
  return current
}

/** The key with this id. An id not held is looked up at once, so that a rotation signs nobody out; at most every 10 s. */
export const keyById = async (id: string, now: number): Promise<SigningKey | undefined> => {
  const find = (keys: SigningKey[]) => keys.find((key) => key.id === id)
  const known = find(await keysNow(now, HELD_FOR_MILLISECONDS))
  return known ?? find(await keysNow(now, ASKED_AGAIN_AFTER_MILLISECONDS))
}
