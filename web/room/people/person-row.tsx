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
import type { Asked } from './person-question.tsx'

/** What the row's menu is to the list, which holds it: the row is drawn anew where its person comes or goes. */
type RowMenu = {
  isOpen: boolean
  open: (isOpen: boolean) => void
  ask: (asked: Asked) => void
  refresh: () => void
}

type PersonRowProps = {
  id: string
  name: string
  isOnline: boolean
  /** What the host knows and may do, absent for everybody else. */
  member?: Member
  menu?: RowMenu
}

export const PersonRow = ({ id, name, isOnline, member, menu }: PersonRowProps) => {
  const { person } = useRoom()
  const role = useRole(id)
  const isHost = role === 'host'
  const isOwner = useMayDo('own')
  const menuId = useId()
  const [isNaming, setNaming] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const isMuted = useIsAhead(member?.muted_until ?? null)
  const isReturning = useIsReturning(member === undefined ? null : id)
  // Of a co-host, and of who may take the room back, there is something to decide for the host alone.
  const isTheHosts = rightToModerate[role] === 'own' || isReturning
  const hasMenu = member !== undefined && menu !== undefined && !isHost && id !== person.id && (isOwner || !isTheHosts)
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
            aria-expanded={menu.isOpen}
            aria-controls={menuId}
            aria-label={strings.people.menu(name)}
            onClick={() => menu.open(!menu.isOpen)}
            onKeyDown={(event) => event.key === 'Escape' && menu.open(false)}
          >
            <Icon name="more" />
          </button>
        ) : null}
      </div>
      {isNaming ? <NameDialog onClose={() => setNaming(false)} /> : null}
      {hasMenu && menu.isOpen ? (
        <PersonMenu
          id={menuId}
          member={member}
          isMuted={isMuted}
          onAsk={menu.ask}
          onDone={() => {
            menu.open(false)
            // Whoever is at something else by now stays there.
            const { activeElement } = document
            const isHere = document.getElementById(menuId)?.contains(activeElement) === true
            if (isHere || activeElement === document.body) opener.current?.focus()
            menu.refresh()
          }}
        />
      ) : null}
    </li>
  )
}
