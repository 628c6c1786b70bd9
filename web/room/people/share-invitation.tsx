import { CopyButton } from '../../parts/copy-button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'

/** One message that has all that a guest needs: the way in, and the password where there is one. */
type Invitation = { title: string; link: string; password: string | null }

/** Devices that have a sheet for sharing, which most computers have not. */
const canShare = (): boolean => typeof navigator.share === 'function' && matchMedia('(pointer: coarse)').matches

export const ShareInvitation = ({ title, link, password }: Invitation) => {
  const text =
    password === null
      ? strings.inviteDialog.invitation(title)
      : `${strings.inviteDialog.invitation(title)} ${strings.inviteDialog.passwordIs(password)}`
  const share = async () => {
    try {
      await navigator.share({ title, text, url: link })
    } catch (error) {
      // Somebody closed the sheet again.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    }
  }
  return (
    <div className="share-invitation">
      {canShare() ? (
        <button type="button" className="button primary" onClick={() => void share()}>
          <Icon name="share" />
          {strings.inviteDialog.share}
        </button>
      ) : null}
      <CopyButton text={`${text}\n${link}`} label={strings.inviteDialog.copyInvitation} />
    </div>
  )
}
