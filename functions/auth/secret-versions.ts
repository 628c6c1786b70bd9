import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

/** A version of a secret. */
export type SecretVersion = { id: string; value: Uint8Array }

const HELD_FOR_MS = 5 * 60 * 1000

// A call that takes longer has met a broken connection.
const client = new SecretsManagerClient({
  requestHandler: { requestTimeout: 3_000, connectionTimeout: 1_000, throwOnRequestTimeout: true },
})
/** By the secret's ARN. */
const held = new Map<string, { versions: SecretVersion[]; since: number }>()
/** Fetches under way, by the secret's ARN: everybody who needs the secret meanwhile waits for the same fetch. */
const fetching = new Map<string, Promise<SecretVersion[]>>()

const version = async (secretArn: string, stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<SecretVersion[]> => {
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage }))
    if (answer.VersionId === undefined || answer.SecretString === undefined)
      throw new Error(`The secret ${secretArn} has no text.`)
    return [{ id: answer.VersionId, value: new TextEncoder().encode(answer.SecretString) }]
  } catch (error) {
    // A secret that was never rotated has no previous version.
    if (stage === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return []
    throw error
  }
}

const bothVersions = async (secretArn: string): Promise<SecretVersion[]> =>
  (await Promise.all([version(secretArn, 'AWSCURRENT'), version(secretArn, 'AWSPREVIOUS')])).flat()

const fetchVersions = async (secretArn: string, now: number): Promise<SecretVersion[]> => {
  const fetch = fetching.get(secretArn) ?? bothVersions(secretArn)
  fetching.set(secretArn, fetch)
  try {
    const versions = await fetch
    // Replaced only by what has arrived: a failed fetch takes no good version away.
    held.set(secretArn, { versions, since: now })
    return versions
  } finally {
    fetching.delete(secretArn)
  }
}

/** The current version of a secret, and the one before it where there is one. Held for five minutes, or for less where `notOlderThan` says so. */
export const versionsOf = async (
  secretArn: string,
  now: number,
  notOlderThan = HELD_FOR_MS,
): Promise<SecretVersion[]> => {
  const there = held.get(secretArn)
  return there !== undefined && now - there.since < notOlderThan ? there.versions : fetchVersions(secretArn, now)
}

/** The version that is used for whatever is made from now on. */
export const currentVersion = async (secretArn: string, now: number): Promise<SecretVersion> => {
  const [current] = await versionsOf(secretArn, now)
  if (current === undefined) throw new Error(`The secret ${secretArn} has no current version.`)
  return current
}
