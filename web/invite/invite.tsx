import type { AnswerOf } from '../../protocol/routes.ts'
import { useAccount } from '../account/account-provider.tsx'
import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { strings } from '../strings/strings.ts'
import { JoinForm } from './join-form.tsx'
import { Locked } from './locked.tsx'
import { NoSuchRoom } from './no-such-room.tsx'
import type { Inside } from './use-entrance.ts'
import { useJoining } from './use-joining.ts'
import { useViewers } from './use-viewers.ts'
import { Waiting } from './waiting.tsx'
import { useUnheardWithdrawal } from './withdrawal.ts'

type InviteProps = {
  code: string
  onJoined: (inside: Inside) => void
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

const InviteCard = ({ code, room, title, onJoined, onLookAgain, again }: CardProps) => {
  const { join, wait, hasChanged, stopWaiting } = useJoining({ code, room, onJoined, again })
  const isUnheard = useUnheardWithdrawal(code, useAccount().person?.id)
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
      {wait === 'no' && isUnheard ? (
        <p className="notice" role="status">
          {strings.invite.stopUnheard}
        </p>
      ) : null}
      {wait !== 'no' ? (
        <Waiting host={room.host} wait={wait} isNobodyThere={viewers === 0} onStop={stopWaiting} />
      ) : room.is_locked === true ? (
        <Locked host={room.host} isNobodyThere={viewers === 0} onAgain={onLookAgain} />
      ) : (
        <JoinForm code={code} room={room} join={join} />
      )}
    </section>
  )
}
