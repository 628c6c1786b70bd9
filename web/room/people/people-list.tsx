import { useRef, useState } from 'react'
import { hostIdOf, type Member } from '../../../client/index.ts'
import { shownName } from '../../parts/shown-name.ts'
import { strings } from '../../strings/strings.ts'
import { isHostPresent, useMayDo, useRoom, useRoomState } from '../room-context.tsx'
import { useKeptFocus } from '../use-kept-focus.ts'
import { LockSwitch } from './lock-switch.tsx'
import { type Asked, PersonQuestion } from './person-question.tsx'
import { PersonRow } from './person-row.tsx'
import { ShutOutRow, shutOutAmong } from './shut-out.tsx'
import { useMembers } from './use-members.ts'

export const PeopleList = () => (useMayDo('moderate') ? <EverybodyKnown /> : <Present />)

const Present = () => {
  const people = useRoomState((state) => state.people)
  const host = useRoomState((state) => state.room?.host ?? null)
  const hostId = useRoomState(hostIdOf)
  const isHostAway = !useRoomState(isHostPresent)
  return (
    <div className="people">
      <ul className="people-list">
        {isHostAway && host !== null && hostId !== null ? <PersonRow id={hostId} name={host} isOnline={false} /> : null}
        {people.list.map(({ user_id, name }) => (
          <PersonRow key={user_id} id={user_id} name={name} isOnline />
        ))}
      </ul>
      {people.isCut ? <p className="field-note">{strings.people.more(people.viewers - people.list.length)}</p> : null}
    </div>
  )
}

/** What those see who may remove somebody: also who is away, and who was shut out. */
const EverybodyKnown = () => {
  const { session } = useRoom()
  const { members, refresh } = useMembers()
  const people = useRoomState((state) => state.people)
  const list = useRef<HTMLDivElement>(null)
  useKeptFocus(list)
  const [openId, setOpenId] = useState<string | null>(null)
  const [question, setQuestion] = useState<{ member: Member; asked: Asked } | null>(null)
  const present = new Set(people.list.map(({ user_id }) => user_id))
  const known = new Map(members.map((member) => [member.id, member]))
  const away = members.filter(({ id, status }) => status === 'APPROVED' && !present.has(id))
  const shutOut = shutOutAmong(members, session)
  const banned = members.filter(({ status }) => status === 'BANNED')
  const row = (member: Member, isOnline: boolean) => (
    <PersonRow
      key={member.id}
      id={member.id}
      name={shownName(member.display_name)}
      isOnline={isOnline}
      member={member}
      menu={{
        isOpen: openId === member.id,
        // Another one may be open by the time that one is to be closed.
        open: (isOpen) => setOpenId((now) => (isOpen ? member.id : now === member.id ? null : now)),
        ask: (asked) => setQuestion({ member, asked }),
        refresh,
      }}
    />
  )
  return (
    <div ref={list} className="people">
      <LockSwitch />
      <ul className="people-list">
        {people.list.map(({ user_id, name }) => {
          const member = known.get(user_id)
          if (member !== undefined) return row({ ...member, display_name: name }, true)
          return <PersonRow key={user_id} id={user_id} name={name} isOnline />
        })}
      </ul>
      {people.list.length < 2 ? <p className="empty">{strings.people.alone}</p> : null}
      {away.length > 0 ? (
        <>
          <h2 className="people-heading">{strings.people.away}</h2>
          <ul className="people-list">{away.map((member) => row(member, false))}</ul>
        </>
      ) : null}
      {shutOut.length > 0 ? (
        <>
          <h2 className="people-heading">{strings.people.shutOut}</h2>
          <ul className="people-list">
            {shutOut.map((member) => (
              <ShutOutRow key={member.id} member={member} refresh={refresh} />
            ))}
          </ul>
        </>
      ) : null}
      {banned.length > 0 ? (
        <>
          <h2 className="people-heading">{strings.people.banned}</h2>
          <ul className="people-list">{banned.map((member) => row(member, false))}</ul>
        </>
      ) : null}
      {question === null ? null : (
        <PersonQuestion
          {...question}
          onClose={() => setQuestion(null)}
          onDone={() => {
            setQuestion(null)
            setOpenId(null)
            refresh()
          }}
        />
      )}
    </div>
  )
}
