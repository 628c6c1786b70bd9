import { type SecretVersion, versionsOf } from './secret-versions.ts'

const ASKED_AGAIN_AFTER_MS = 10 * 1000

/**
 * The version of the signing secret with this id, which is the `kid` of the tokens that it signs. One that is not held is
 * looked up at once, so that a rotation signs nobody out; at most every 10 s.
 */
export const keyById = async (secretArn: string, id: string, now: number): Promise<SecretVersion | undefined> => {
  const find = (keys: SecretVersion[]) => keys.find((key) => key.id === id)
  return find(await versionsOf(secretArn, now)) ?? find(await versionsOf(secretArn, now, ASKED_AGAIN_AFTER_MS))
}
