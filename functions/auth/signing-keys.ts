import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

/** A version of the signing secret; its id is the `kid` of the tokens that it signs. */
export type SigningKey = { id: string; secret: Uint8Array }

const HELD_FOR_MS = 5 * 60 * 1000
const ASKED_AGAIN_AFTER_MS = 10 * 1000

// A call that takes longer has met a broken connection.
const client = new SecretsManagerClient({
  requestHandler: { requestTimeout: 3_000, connectionTimeout: 1_000, throwOnRequestTimeout: true },
})
/** By the secret's ARN. A function has one secret. */
const held = new Map<string, { keys: SigningKey[]; since: number }>()
/** Fetches under way, by the secret's ARN: everybody who needs the keys meanwhile waits for the same fetch. */
const fetching = new Map<string, Promise<SigningKey[]>>()

const version = async (secretArn: string, stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<SigningKey[]> => {
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }))
    if (answer.VersionId === undefined || answer.SecretString === undefined)
      throw new Error('The signing secret has no text.')
    return [{ id: answer.VersionId, secret: new TextEncoder().encode(answer.SecretString) }]
  } catch (error) {
    // A secret that was never rotated has no previous version.
    if (stage === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return []
    throw error
  }
}

const bothVersions = async (secretArn: string): Promise<SigningKey[]> =>
  (await Promise.all([version(secretArn, 'AWSCURRENT'), version(secretArn, 'AWSPREVIOUS')])).flat()

const fetchKeys = async (secretArn: string, now: number): Promise<SigningKey[]> => {
  const fetch = fetching.get(secretArn) ?? bothVersions(secretArn)
  fetching.set(secretArn, fetch)
  try {
    const keys = await fetch
    // Replaced only by what has arrived: a failed fetch takes no good key away.
    held.set(secretArn, { keys, since: now })
    return keys
  } finally {
    fetching.delete(secretArn)
  }
}

const keysNow = async (secretArn: string, now: number, notOlderThan: number): Promise<SigningKey[]> => {
  const there = held.get(secretArn)
  return there !== undefined && now - there.since < notOlderThan ? there.keys : fetchKeys(secretArn, now)
}

/** The key that signs new tokens. */
export const currentKey = async (secretArn: string, now: number): Promise<SigningKey> => {
  const [current] = await keysNow(secretArn, now, HELD_FOR_MS)
  if (current === undefined) throw new Error('The signing secret has no current version.')
  return current
}

/** The key with this id. An id not held is looked up at once, so that a rotation signs nobody out; at most every 10 s. */
export const keyById = async (secretArn: string, id: string, now: number): Promise<SigningKey | undefined> => {
  const find = (keys: SigningKey[]) => keys.find((key) => key.id === id)
  const known = find(await keysNow(secretArn, now, HELD_FOR_MS))
  return known ?? find(await keysNow(secretArn, now, ASKED_AGAIN_AFTER_MS))
}
