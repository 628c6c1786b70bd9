import { useEffect, useRef, useState } from 'react'
import { ApiError, type ErrorCode, joinRoom, type RoomSession } from '../../client/index.ts'
import type { AnswerOf } from '../../protocol/routes.ts'
import { useAccount } from '../account/account-provider.tsx'
import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { passwordsIn } from '../parts/pasted-code.ts'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { strings } from '../strings/strings.ts'
import { browserMark } from './browser-mark.ts'
import { JoinForm } from './join-form.tsx'
import { Locked } from './locked.tsx'
import { NoSuchRoom } from './no-such-room.tsx'
import { steadyAfter } from './steady-timer.ts'
import { useOtherTabs } from './use-other-tabs.ts'
import { useViewers } from './use-viewers.ts'
import { Waiting } from './waiting.tsx'
import { forgetWish, rememberedWish, rememberWish, withdrawWish } from './wish.ts'

type InviteProps = {
  code: string
  onJoined: (session: RoomSession, personId: string) => void
  /** From the beginning: the person may be a member by now. */
  onLookAgain: () => void
}

export const Invite = ({ code, onJoined, onLookAgain }: InviteProps) => {
  const preview = useAnswer('rooms/preview', { code })
  if (preview.status === 'failed' && preview.error.code === 'room_not_found') return <NoSuchRoom />
  const title = preview.status === 'ready' ? (preview.answer.name ?? strings.roomOf(preview.answer.host)) : undefined
  return (
    <PageFrame {...(title === undefined ? {} : { title })}>
      {preview.status === 'loading' ? <Loading /> : null}
      {preview.status === 'failed' ? <LoadFailure error={preview.error} retry={preview.retry} /> : null}
      {preview.status === 'ready' ? (
        <InviteCard
          {...{ code, onJoined, onLookAgain }}
          room={preview.answer}
          title={title ?? ''}
          again={preview.again}
        />
      ) : null}
    </PageFrame>
  )
}

type CardProps = InviteProps & { room: AnswerOf<'rooms/preview'>; title: string; again: () => void }

/**
 * `soon`: the person withdrew or left a moment ago, and has to wait before they may ask at all. `recent_ban`: they wait although the
 * room's entry would let them in.
 */
export type Wait = 'no' | 'soon' | 'waiting' | 'recent_ban'

/** Refusals that say that the room asks for something else than its preview said. */
const STALE: ReadonlySet<ErrorCode> = new Set(['room_locked', 'wrong_password', 'guests_not_allowed'])

/** Tries one password after the other, until one is not a wrong one. */
const withFirstThatFits = async <T,>([first = '', ...others]: string[], work: (password: string) => Promise<T>) => {
  try {
    return await work(first)
  } catch (error) {
    const [next] = others
    if (next === undefined || !(error instanceof ApiError && error.code === 'wrong_password')) throw error
    return work(next)
  }
}

/** Runs `run` with what there is when the page is drawn for the first time. */
const useOnce = <T,>(given: T | undefined, run: (given: T) => void): void => {
  const first = useRef(given)
  const latest = useRef(run)
  useEffect(() => {
    const { current } = first
    first.current = undefined
    if (current !== undefined) latest.current(current)
  }, [])
}

/** Joins, and waits where somebody has to let the person in. */
const useJoining = ({ code, room, onJoined, again }: Omit<CardProps, 'title' | 'onLookAgain'>) => {
  const { api, call, enter, expire, person } = useAccount()
  const [remembered] = useState(() => rememberedWish(code, person?.id, room.entry_mode === 'PASSWORD'))
  const [wait, setWait] = useState<Wait>(remembered === undefined ? 'no' : 'waiting')
  const [hasChanged, setChanged] = useState(false)
  const asking = useRef<AbortController>(null)
  const latestApi = useRef({ api, personId: person?.id })
  latestApi.current = { api, personId: person?.id }
  useEffect(() => () => asking.current?.abort(), [])

  const waitAs = (next: Exclude<Wait, 'no'>, password: string) => {
    setWait(next)
    const { personId } = latestApi.current
    if (personId !== undefined) rememberWish(code, personId, password)
  }
  const join = useAction(async (name: string, password: string, isWaiting?: boolean) => {
    if (person === null) await enter('auth/guest', { display_name: name })
    // Entering has drawn the page anew by now, with the guest's token.
    await new Promise((resolve) => setTimeout(resolve))
    const abort = new AbortController()
    asking.current = abort
    let hasWaited = false
    try {
      const session = await withFirstThatFits(passwordsIn(password), (one) =>
        joinRoom({
          api: latestApi.current.api,
          code,
          ...(one === '' ? {} : { password: one }),
          browser: browserMark(),
          isWaiting: isWaiting === true,
          after: steadyAfter,
          signal: abort.signal,
          onPending: (reason) => {
            hasWaited = true
            waitAs(reason ?? 'waiting', password)
          },
          onTooSoon: () => waitAs('soon', password),
        }),
      )
      forgetWish(code)
      onJoined(session, latestApi.current.personId ?? '')
    } catch (error) {
      // A page that goes, as at a reload, goes on waiting when it comes back.
      if (abort.signal.aborted) return
      setWait('no')
      forgetWish(code)
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'unauthorized') expire()
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
  const stopWaiting = useAction(async () => {
    stop()
    withdrawWish(code)
    await call('rooms/leave', { room_id: code })
  })

  // After a reload, or beside another tab that waits, the person goes on waiting.
  useOnce(remembered, ({ password }) => void join.run('', password, true))
  return { join, wait, hasChanged, stopWaiting }
}

const InviteCard = ({ code, room, title, onJoined, onLookAgain, again }: CardProps) => {
  const { join, wait, hasChanged, stopWaiting } = useJoining({ code, room, onJoined, again })
  const viewers = useViewers(code, room.viewers, wait !== 'no')
  return (
    <section className="card narrow invite">
      <p className="invite-eyebrow">{strings.invite.eyebrow(room.host)}</p>
      <h1>{title}</h1>
      <p className="invite-facts">
        {strings.invite.viewers(viewers)} · {strings.invite.entry(room.entry_mode)}
      </p>
      {hasChanged ? (
        <p className="notice" role="status">
          {strings.invite.changed}
        </p>
      ) : null}
      {wait !== 'no' ? (
        <Waiting host={room.host} wait={wait} isNobodyThere={viewers === 0} onStop={() => void stopWaiting.run()} />
      ) : room.is_locked === true ? (
        <Locked host={room.host} isNobodyThere={viewers === 0} onAgain={onLookAgain} />
      ) : (
        <JoinForm code={code} room={room} join={join} />
      )}
    </section>
  )
}
