import { useEffect, useRef, useState } from 'react'
import { ApiError, type ErrorCode, type JoinOptions, joinRoom, type RoomSession } from '../../client/index.ts'
import type { AnswerOf } from '../../protocol/routes.ts'
import { useAccount } from '../account/account-provider.tsx'
import { passwordsIn } from '../parts/pasted-code.ts'
import { useAction } from '../parts/use-action.ts'
import { browserMark } from './browser-mark.ts'
import { steadyAfter } from './steady-timer.ts'
import type { Inside } from './use-entrance.ts'
import { useOtherTabs } from './use-other-tabs.ts'
import { forgetWish, rememberedWish, rememberWish, withdrawWish } from './wish.ts'
import { endWithdrawal, withdraw } from './withdrawal.ts'

/**
 * `soon`: the person withdrew or left a moment ago, and has to wait before they may ask at all. `recent_ban`: they wait although the
 * room's entry would let them in.
 */
export type Wait = 'no' | 'soon' | 'waiting' | 'recent_ban'

/** Refusals that say that the room asks for something else than its preview said. */
const STALE: ReadonlySet<ErrorCode> = new Set(['room_locked', 'wrong_password', 'guests_not_allowed'])

/** Tries one password after the other, until one is not a wrong one. */
const withFirstThatFits = async <T>([first = '', ...others]: string[], work: (password: string) => Promise<T>) => {
  try {
    return await work(first)
  } catch (error) {
    const [next] = others
    if (next === undefined || !(error instanceof ApiError && error.code === 'wrong_password')) throw error
    return work(next)
  }
}

/** Runs `run` with what there is when the page is drawn for the first time. */
const useOnce = <T>(given: T | undefined, run: (given: T) => void): void => {
  const first = useRef(given)
  const latest = useRef(run)
  useEffect(() => {
    const { current } = first
    first.current = undefined
    if (current !== undefined) latest.current(current)
  }, [])
}

type Question = Pick<JoinOptions, 'api' | 'code' | 'isWaiting' | 'signal' | 'onPending' | 'onTooSoon'>

/** Asks to be let in with a password as it was pasted. */
const ask = (pasted: string, question: Question): Promise<RoomSession> =>
  withFirstThatFits(passwordsIn(pasted), (password) =>
    joinRoom({
      ...question,
      ...(password === '' ? {} : { password }),
      browser: browserMark(),
      after: steadyAfter,
    }),
  )

type Door = {
  code: string
  room: AnswerOf<'rooms/preview'>
  onJoined: (inside: Inside) => void
  /** Reads again what the room asks for. */
  again: () => void
}

/** Joins, and waits where somebody has to let the person in. */
export const useJoining = ({ code, room, onJoined, again }: Door) => {
  const { api, enter, expire, person } = useAccount()
  const [remembered] = useState(() => rememberedWish(code, person?.id, room.entry_mode === 'PASSWORD'))
  const [wait, setWait] = useState<Wait>(remembered === undefined ? 'no' : 'waiting')
  const [hasChanged, setChanged] = useState(false)
  const asking = useRef<AbortController>(null)
  const latest = useRef({ api, personId: person?.id })
  latest.current = { api, personId: person?.id }
  useEffect(() => () => asking.current?.abort(), [])

  const join = useAction(async (name: string, password: string, isWaiting?: boolean) => {
    // From the beginning: who leaves the page while their name is on its way must not be left waiting at the door.
    const abort = new AbortController()
    asking.current = abort
    if (person === null) await enter('auth/guest', { display_name: name })
    // Entering has drawn the page anew by now, with the guest's token.
    await new Promise((resolve) => setTimeout(resolve))
    if (abort.signal.aborted) return
    // Everything from here on is this person's, whoever else signs in meanwhile in another tab.
    const { api: asked, personId = '' } = latest.current
    let hasWaited = false
    const waitAs = (next: Exclude<Wait, 'no'>) => {
      setWait(next)
      rememberWish(code, personId, password)
    }
    try {
      await endWithdrawal(code, personId)
      const session = await ask(password, {
        api: asked,
        code,
        isWaiting: isWaiting === true,
        signal: abort.signal,
        onPending: (reason) => {
          hasWaited = true
          waitAs(reason ?? 'waiting')
        },
        onTooSoon: () => waitAs('soon'),
      })
      forgetWish(code, personId)
      if (latest.current.personId === personId) onJoined({ session, api: asked, personId })
      else session.close()
    } catch (error) {
      // A page that goes, as at a reload, goes on waiting when it comes back.
      if (abort.signal.aborted) return
      setWait('no')
      forgetWish(code, personId)
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'unauthorized') expire(asked)
      const isStale = STALE.has(error.code) && (hasWaited || error.code === 'room_locked')
      if (isStale) again()
      setChanged(isStale && hasWaited)
      if (!isStale) throw error
    }
  })
  const stop = () => {
    asking.current?.abort()
    setWait('no')
  }
  useOtherTabs(code, wait === 'no' ? undefined : person?.id, stop)
  const stopWaiting = () => {
    stop()
    withdrawWish(code)
    if (person !== null) withdraw(api, code, person.id)
  }

  // After a reload, or beside another tab that waits, the person goes on waiting.
  useOnce(remembered, ({ password }) => void join.run('', password, true))
  return { join, wait, hasChanged, stopWaiting }
}
