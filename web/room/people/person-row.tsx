import { useId, useRef, useState } from 'react'
import type { Member } from '../../../client/index.ts'
import { rightToModerate } from '../../../protocol/roles.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRole, useRoom } from '../room-context.tsx'
import { useIsReturning } from '../use-is-returning.ts'
import { useIsAhead } from '../use-muted-until.ts'
import { NameDialog } from './name-dialog.tsx'
import { PersonMenu } from './person-menu.tsx'

type PersonRowProps = {
  id: string
  name: string
  isOnline: boolean
  /** What the host knows and may do, absent for everybody else. */
  member?: Member
  refresh?: () => void
}

export const PersonRow = ({ id, name, isOnline, member, refresh }: PersonRowProps) => {
  const { person } = useRoom()
  const role = useRole(id)
  const isHost = role === 'host'
  const isOwner = useMayDo('own')
  const menuId = useId()
  const [isOpen, setOpen] = useState(false)
  const [isNaming, setNaming] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const isMuted = useIsAhead(member?.muted_until ?? null)
  const isReturning = useIsReturning(member === undefined ? null : id)
  // Of a co-host, and of who may take the room back, there is something to decide for the host alone.
  const isTheHosts = rightToModerate[role] === 'own' || isReturning
  const hasMenu = member !== undefined && !isHost && id !== person.id && (isOwner || !isTheHosts)
  return (
    <li className="person" data-online={isOnline}>
      <div className="person-line">
        <Avatar id={id} name={name} />
        <span className="person-name">
          {name}
          {id === person.id ? <span className="person-you"> {strings.people.you}</span> : null}
        </span>
        {isMuted ? <span className="muted-badge">{strings.people.muted}</span> : null}
        {role === 'participant' ? null : <span className="host-badge">{strings.people[role]}</span>}
        {isOnline ? null : <span className="visually-hidden">{strings.people.isAway}</span>}
        {id === person.id ? (
          <button
            type="button"
            className="icon-button"
            aria-label={strings.newName.title}
            onClick={() => setNaming(true)}
          >
            <Icon name="pencil" />
          </button>
        ) : null}
        {hasMenu ? (
          <button
            ref={opener}
            type="button"
            className="icon-button"
            aria-expanded={isOpen}
            aria-controls={menuId}
            aria-label={strings.people.menu(name)}
            onClick={() => setOpen(!isOpen)}
            onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
          >
            <Icon name="more" />
          </button>
        ) : null}
      </div>
      {isNaming ? <NameDialog onClose={() => setNaming(false)} /> : null}
      {hasMenu && isOpen ? (
        <PersonMenu
          id={menuId}
          member={member}
          isMuted={isMuted}
          onDone={() => {
            setOpen(false)
            opener.current?.focus()
            refresh?.()
          }}
        />
      ) : null}
    </li>
  )
}
