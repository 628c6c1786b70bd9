import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from '../parts/icon.tsx'

export type ListedRoom = { code: string; title: string; note: ReactNode; isPrivate: boolean }

export const RoomList = ({ rooms }: { rooms: readonly ListedRoom[] }) => (
  <ul className="room-list">
    {rooms.map(({ code, title, note, isPrivate }) => (
      <li key={code}>
        <Link href={`/r/${code}`} className="room-link">
          <span className="room-link-title">
            {isPrivate ? <Icon name="lock" /> : null}
            {title}
          </span>
          <span className="room-link-note">{note}</span>
        </Link>
      </li>
    ))}
  </ul>
)
