import type { Runtime } from '../runtime.ts'
import { ApiError } from './api-error.ts'
import type { HeldToken } from './held-token.ts'

const AGAIN_AFTER_MS = 60_000

/** Renews a token that is due, one time at once. `refresh` asks the server, and can be given up. */
export const createRenewal = (
  runtime: Runtime,
  held: HeldToken,
  refresh: (token: string, abort: AbortController) => Promise<object>,
): { keepTokenFresh: (isAnew?: boolean) => Promise<void> } => {
  let notBefore = Number.NEGATIVE_INFINITY
  let underWay: { done: Promise<void>; abort: AbortController } | undefined

  const renew = async (old: string, abort: AbortController) => {
    try {
      const answer = await refresh(old, abort)
      if (!('access_token' in answer) || typeof answer.access_token !== 'string') return
      // Replaced meanwhile, by signing out or in, or by another tab: the answer is about the one before.
      if (held.get() === old) held.take(answer.access_token)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // The token in hand is good for the other half of its life: try again in a while.
      if (underWay?.abort === abort) notBefore = runtime.now() + AGAIN_AFTER_MS
    }
  }

  const begin = (token: string) => {
    const abort = new AbortController()
    const begun = { abort, done: renew(token, abort) }
    const end = () => {
      if (underWay === begun) underWay = undefined
    }
    begun.done.then(end, end)
    return begun
  }

  const keepTokenFresh = async (isAnew = false) => {
    if (isAnew) {
      underWay?.abort.abort()
      underWay = undefined
      notBefore = Number.NEGATIVE_INFINITY
    }
    const token = held.get()
    if (underWay === undefined && (token === undefined || !held.isDue() || runtime.now() < notBefore)) return
    if (token !== undefined) underWay ??= begin(token)
    await underWay?.done
  }
  return { keepTokenFresh }
}
