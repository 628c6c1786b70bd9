import { useSyncExternalStore } from 'react'
import { type Api, ApiError, type ErrorCode, globalRuntime } from '../../client/index.ts'
import { startStopwatch } from '../../client/stopwatch.ts'
import { createStore } from '../../client/store.ts'
import { WISH_LASTS_SECONDS } from '../../protocol/limits.ts'
import { unlessRefused } from '../parts/unless-refused.ts'
import { steadyAfter } from './steady-timer.ts'

const AGAIN_AFTER_MS = 3_000

/** No word of the server's own, or that it failed: nobody knows whether the person has left. */
const UNHEARD: ReadonlySet<ErrorCode> = new Set([
  'unreachable',
  'timed_out',
  'throttled',
  'forbidden',
  'unavailable',
  'unexpected',
  'fault',
])

type Withdrawal = { end: () => void; done: Promise<void> }

/** By room and person. A withdrawal goes on whatever page is shown. */
const underWay = new Map<string, Withdrawal>()
/** Those of them that have failed so far. */
const unheard = createStore<ReadonlySet<string>>(new Set())

/** Also the name of the channel by which the tabs hear that the person asks again. */
const keyOf = (code: string, personId: string) => `streamit.withdrawal.${code}.${personId}`

/** To the other tabs. Firefox refuses it where cookies are blocked: then they hear nothing, and this tab goes on alone. */
const openChannel = (key: string): BroadcastChannel | undefined =>
  unlessRefused(
    () => new BroadcastChannel(key),
    () => undefined,
  )

const note = (key: string, isUnheard: boolean): void =>
  unheard.update((before) => {
    if (before.has(key) === isUnheard) return before
    const others = [...before].filter((other) => other !== key)
    return new Set(isUnheard ? [...others, key] : others)
  })

const isHeard = async (api: Api, code: string): Promise<boolean> => {
  try {
    await api.call('rooms/leave', { room_id: code })
    return true
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return !UNHEARD.has(error.code)
  }
}

/** A while, or less where the network returns or `signal` is aborted. */
const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      cancelTimer()
      cancelOnline()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancelTimer = steadyAfter(AGAIN_AFTER_MS, end)
    const cancelOnline = globalRuntime.onOnline(end)
    signal.addEventListener('abort', end)
  })

/**
 * Ends the wish of this person: the leave is sent until the server has heard it, or until the wish is over because nobody
 * repeats it.
 */
export const withdraw = (api: Api, code: string, personId: string): void => {
  const key = keyOf(code, personId)
  const ending = new AbortController()
  const { signal } = ending
  const asksAgain = openChannel(key)
  const end = () => {
    ending.abort()
    note(key, false)
  }
  if (asksAgain !== undefined) asksAgain.onmessage = end
  const sinceBegun = startStopwatch(globalRuntime)
  // A leave that is sent later would end a new membership.
  const isOver = () => sinceBegun.passed() >= WISH_LASTS_SECONDS * 1000
  const tell = async () => {
    while (!signal.aborted && !isOver() && !(await isHeard(api, code))) {
      if (signal.aborted) return
      note(key, true)
      await pause(signal)
    }
  }
  const done = tell().finally(() => {
    asksAgain?.close()
    underWay.delete(key)
    note(key, false)
  })
  underWay.set(key, { end, done })
}

/** Whether this tab goes on telling the server that this person has withdrawn. */
export const isWithdrawing = (code: string, personId: string): boolean => underWay.has(keyOf(code, personId))

/**
 * This person comes or asks again: no tab goes on with a withdrawal of before, which would end that. Resolves once none is
 * on its way from this tab. One that another tab has sent already may still arrive.
 */
export const endWithdrawal = async (code: string, personId: string): Promise<void> => {
  const key = keyOf(code, personId)
  const otherTabs = openChannel(key)
  otherTabs?.postMessage('again')
  otherTabs?.close()
  const here = underWay.get(key)
  here?.end()
  await here?.done
}

/** Whether this person has withdrawn, and the server has not heard it yet. */
export const useUnheardWithdrawal = (code: string, personId: string | undefined): boolean =>
  useSyncExternalStore(unheard.subscribe, () => personId !== undefined && unheard.get().has(keyOf(code, personId)))
