import { useState } from 'react'
import { Link } from 'wouter'
import { Icon } from '../parts/icon.tsx'
import { Wordmark } from '../parts/wordmark.tsx'
import { strings } from '../strings/strings.ts'
import '../styles/activity.css'
import { HostLeaving } from './host-leaving.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { NoticesDialog } from './notices/notices-dialog.tsx'
import { NowPlaying } from './now-playing.tsx'
import { InviteDialog } from './people/invite-dialog.tsx'
import { useIsHost, useMayDo, useRoomState } from './room-context.tsx'
import { CohostSettings } from './settings/cohost-settings.tsx'
import { SettingsDialog } from './settings/settings-dialog.tsx'
import { SyncBadge } from './stage/sync-badge.tsx'

type Open = 'invite' | 'notices' | 'settings' | 'leave' | null

export const RoomHeader = ({ title, element }: { title: string; element: HTMLVideoElement | null }) => {
  const isHost = useIsHost()
  const mayChange = useMayDo('change')
  const mayModerate = useMayDo('moderate')
  const isKnown = useRoomState((state) => state.room !== null)
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <header className="room-header">
      <Link href="/" className="home-link" aria-label={strings.toHome}>
        <Wordmark />
      </Link>
      <div className="room-names">
        <h1 className="room-title">{title}</h1>
        <NowPlaying />
      </div>
      <SyncBadge element={element} />
      <button type="button" className="button compact" onClick={() => setOpen('invite')}>
        <Icon name="invite" />
        <span>{strings.room.invite}</span>
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={strings.notices.title}
        onClick={() => setOpen('notices')}
      >
        <Icon name="bell" />
      </button>
      {!isKnown ? (
        <span className="icon-button" aria-hidden="true" />
      ) : (
        <>
          {mayModerate ? (
            <button
              type="button"
              className="icon-button"
              aria-label={strings.room.settings}
              onClick={() => setOpen('settings')}
            >
              <Icon name="settings" />
            </button>
          ) : null}
          <button
            type="button"
            className="icon-button"
            aria-label={strings.room.leave}
            onClick={() => setOpen('leave')}
          >
            <Icon name="door" />
          </button>
        </>
      )}
      {open === 'invite' ? <InviteDialog onClose={close} /> : null}
      {open === 'notices' ? <NoticesDialog onClose={close} /> : null}
      {open === 'settings' && mayChange ? <SettingsDialog onClose={close} /> : null}
      {open === 'settings' && !mayChange && mayModerate ? <CohostSettings onClose={close} /> : null}
      {open === 'leave' && isHost ? <HostLeaving onClose={close} /> : null}
      {open === 'leave' && !isHost ? <LeaveDialog onClose={close} /> : null}
    </header>
  )
}
