import { useState } from 'react'
import { renderSVG } from 'uqr'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { strings } from '../../strings/strings.ts'
import { useHostName, useIsHost, useRoom, useRoomState } from '../room-context.tsx'
import { useKnownPassword } from '../use-known-password.ts'
import { ShareInvitation } from './share-invitation.tsx'

export const InviteDialog = ({ onClose }: { onClose: () => void }) => {
  const { code } = useRoom()
  const isHost = useIsHost()
  const host = useHostName()
  const title = useRoomState((state) => state.room?.name ?? null) ?? strings.roomOf(host)
  const mode = useRoomState((state) => state.room?.entry_mode ?? null)
  const link = `${location.origin}/r/${code}`
  const known = useKnownPassword()
  const password = mode === 'PASSWORD' ? known : null
  // As an image, so that no markup is put into the page.
  const [qr] = useState(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(link, { border: 2 }))}`)
  return (
    <Dialog title={strings.inviteDialog.title} onClose={onClose} className="invite-dialog">
      <img className="qr" src={qr} alt={strings.inviteDialog.qr} width={176} height={176} />
      <div className="copy-line">
        {/* Whole on every screen: what a field would cut is the code. */}
        <p className="invite-link" translate="no">
          <span className="visually-hidden">{strings.inviteDialog.link} </span>
          {location.origin}
          <wbr />
          <span className="invite-link-end">/r/{code}</span>
        </p>
        <CopyButton text={link} label={strings.inviteDialog.copy} />
      </div>
      <p className="invite-code">
        {strings.inviteDialog.code} <strong translate="no">{code}</strong>
      </p>
      {password === null ? null : (
        <div className="copy-line">
          <input readOnly value={password} aria-label={strings.invite.password} />
          <CopyButton text={password} label={strings.inviteDialog.copyPassword} />
        </div>
      )}
      <ShareInvitation title={title} link={link} password={password} />
      <p className="field-note">
        {mode === null
          ? strings.inviteDialog.open
          : mode === 'APPROVAL'
            ? strings.inviteDialog.approval
            : password === null && isHost
              ? strings.inviteDialog.passwordForgotten
              : strings.inviteDialog.password}
      </p>
    </Dialog>
  )
}
