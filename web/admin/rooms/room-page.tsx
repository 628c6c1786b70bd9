import { Link } from 'wouter'
import type { AnswerOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useAnswer } from '../../parts/use-answer.ts'
import { strings } from '../../strings/strings.ts'
import { DecisionRow } from '../audit/decision-row.tsx'
import { ActButton } from '../parts/act-button.tsx'
import { Answered } from '../parts/answered.tsx'
import { Badges } from '../parts/badges.tsx'
import { Heading } from '../parts/heading.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import { RoomChat } from './room-chat.tsx'
import { Playback, RoomSettings } from './room-facts.tsx'
import { RoomMembers } from './room-members.tsx'
import { roomName } from './room-name.ts'
import { RoomPeople } from './room-people.tsx'

export type FullRoom = AnswerOf<'admin/room'>

/** One room in full, and what an administrator does there. */
export const RoomPage = ({ code }: { code: string }) => {
  const room = useAnswer('admin/room', { room_id: code })
  return <Answered call={room}>{(answer, again) => <OneRoom of={answer} again={again} />}</Answered>
}

const OneRoom = ({ of, again }: { of: FullRoom; again: () => void }) => {
  const { call } = useAccount()
  const { room, decisions } = of
  const name = roomName(room)
  const isOver = room.state === 'ended'
  return (
    <>
      <div className="admin-head">
        <Heading>{name}</Heading>
        <p>
          <code>{room.code}</code>{' '}
          <Badges of={[words.rooms.states[room.state], room.is_private && words.rooms.private]} />
        </p>
      </div>
      <div className="admin-acts">
        <button type="button" className="button compact" onClick={again}>
          {strings.refresh}
        </button>
        {isOver ? null : (
          <>
            <Link href={`/r/${room.code}`} className="button compact">
              {words.room.open}
            </Link>
            <ActButton
              label={words.room.end}
              title={words.room.endTitle(name)}
              text={words.room.endText}
              act={() => call('admin/end-room', { room_id: room.code })}
              done={words.room.ended}
              onDone={again}
            />
          </>
        )}
      </div>
      <div className="admin-columns">
        <RoomSettings room={room} />
        <Playback of={of} />
      </div>
      <RoomPeople of={of} again={again} />
      <RoomMembers of={of} again={again} />
      <RoomChat of={of} again={again} />
      <Section title={words.room.decisions}>
        {decisions.length === 0 ? <p className="empty">{words.room.nothingDecided}</p> : null}
        <ul className="admin-rows">
          {decisions.map((decision) => (
            <li key={decision.id}>
              <DecisionRow decision={decision} />
            </li>
          ))}
        </ul>
        <Link href={`/admin/audit?room=${room.code}`}>{words.room.all}</Link>
      </Section>
    </>
  )
}
