import { useEffect, useRef, useState } from 'react'
import { ApiError, joinRoom, type RoomSession } from '../../client/index.ts'
import type { AnswerOf } from '../../protocol/routes.ts'
import { useAccount } from '../account/account-provider.tsx'
import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { strings } from '../strings/strings.ts'
import { JoinForm } from './join-form.tsx'
import { NoSuchRoom } from './no-such-room.tsx'
import { useViewers } from './use-viewers.ts'
import { Waiting } from './waiting.tsx'

type InviteProps = { code: string; onJoined: (session: RoomSession, personId: string) => void }

export const Invite = ({ code, onJoined }: InviteProps) => {
  const preview = useAnswer('rooms/preview', { code })
  if (preview.status === 'failed' && preview.error.code === 'room_not_found') return <NoSuchRoom />
  const title = preview.status === 'ready' ? (preview.answer.name ?? strings.roomOf(preview.answer.host)) : undefined
  return (
    <PageFrame {...(title === undefined ? {} : { title })}>
      {preview.status === 'loading' ? <Loading /> : null}
      {preview.status === 'failed' ? <LoadFailure error={preview.error} retry={preview.retry} /> : null}
      {preview.status === 'ready' ? (
        <InviteCard code={code} room={preview.answer} title={title ?? ''} onJoined={onJoined} />
      ) : null}
    </PageFrame>
  )
}

type CardProps = InviteProps & { room: AnswerOf<'rooms/preview'>; title: string }

const InviteCard = ({ code, room, title, onJoined }: CardProps) => {
  const { api, call, enter, expire, person } = useAccount()
  const [isWaiting, setWaiting] = useState(false)
  const viewers = useViewers(code, room.viewers, isWaiting)
  const wait = useRef<AbortController>(null)
  const latestApi = useRef({ api, personId: person?.id })
  latestApi.current = { api, personId: person?.id }
  useEffect(() => () => wait.current?.abort(), [])

  const join = useAction(async (name: string, password: string) => {
    if (person === null) await enter('auth/guest', { display_name: name })
    // Entering has drawn the page anew by now, with the guest's token.
    await new Promise((resolve) => setTimeout(resolve))
    const asking = new AbortController()
    wait.current = asking
    try {
      const session = await joinRoom({
        api: latestApi.current.api,
        code,
        ...(password === '' ? {} : { password }),
        signal: asking.signal,
        onPending: () => setWaiting(true),
      })
      onJoined(session, latestApi.current.personId ?? '')
    } catch (error) {
      setWaiting(false)
      if (asking.signal.aborted) return
      if (error instanceof ApiError && error.code === 'unauthorized') expire()
      throw error
    }
  })
  const stopWaiting = useAction(async () => {
    wait.current?.abort()
    await call('rooms/leave', { room_id: code })
  })

  return (
    <section className="card narrow invite">
      <p className="invite-eyebrow">{strings.invite.eyebrow(room.host)}</p>
      <h1>{title}</h1>
      <p className="invite-facts">
        {strings.invite.viewers(viewers)} · {strings.invite.entry(room.entry_mode)}
      </p>
      {isWaiting ? (
        <Waiting host={room.host} isNobodyThere={viewers === 0} onStop={() => void stopWaiting.run()} />
      ) : (
        <JoinForm code={code} room={room} join={join} />
      )}
    </section>
  )
}
