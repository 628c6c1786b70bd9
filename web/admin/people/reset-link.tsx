import { useId, useState } from 'react'
import { RESET_LINK_HOURS } from '../../../protocol/limits.ts'
import type { AnswerOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { ActButton } from '../parts/act-button.tsx'
import { dayAndTime } from '../parts/moment.tsx'
import { words } from '../strings/strings.ts'
import type { FullPerson } from './person-page.tsx'

type Link = AnswerOf<'admin/reset-link'>

/** Makes a link for somebody who forgot the password, and shows it this once. */
export const ResetLink = ({ person }: { person: FullPerson['person'] }) => {
  const { call } = useAccount()
  const [link, setLink] = useState<Link | null>(null)
  const name = person.display_name
  return (
    <>
      <ActButton
        label={words.person.reset}
        look="primary"
        title={words.person.resetTitle(name)}
        text={words.person.resetText(RESET_LINK_HOURS)}
        act={async () => setLink(await call('admin/reset-link', { user_id: person.id }))}
        done={words.person.resetDone}
      />
      {link === null ? null : <LinkDialog link={link} onClose={() => setLink(null)} />}
    </>
  )
}

const LinkDialog = ({ link, onClose }: { link: Link; onClose: () => void }) => {
  const id = useId()
  const address = new URL(link.path, location.origin).href
  return (
    <Dialog title={words.person.resetReady} onClose={onClose}>
      <p>{words.person.resetOnce(dayAndTime(link.until))}</p>
      <div className="field">
        <label htmlFor={id}>{words.person.resetLink}</label>
        <div className="copy-line">
          <input id={id} readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
          <CopyButton text={address} label={words.person.resetCopy} />
        </div>
      </div>
    </Dialog>
  )
}
