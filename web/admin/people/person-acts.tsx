import { useAccount } from '../../account/account-provider.tsx'
import { ActButton } from '../parts/act-button.tsx'
import { words } from '../strings/strings.ts'
import { BanNetwork } from './ban-network.tsx'
import type { FullPerson } from './person-page.tsx'
import { ResetLink } from './reset-link.tsx'

type PersonActsProps = { person: FullPerson['person']; again: () => void }

/** What an administrator does about one person, everywhere. */
export const PersonActs = ({ person, again }: PersonActsProps) => (
  <div className="admin-acts">
    <Ban person={person} again={again} />
    {person.is_network_known ? <BanNetwork person={person} again={again} /> : null}
    {person.is_guest ? null : (
      <>
        <Flag person={person} again={again} />
        <ResetLink person={person} />
      </>
    )}
  </div>
)

const Ban = ({ person, again }: PersonActsProps) => {
  const { call } = useAccount()
  const name = person.display_name
  return person.banned_at === null ? (
    <ActButton
      label={words.person.ban}
      title={words.person.banTitle(name)}
      text={words.person.banText(name)}
      act={() => call('admin/ban-person', { user_id: person.id })}
      done={words.person.banDone(name)}
      onDone={again}
    />
  ) : (
    <ActButton
      label={words.person.unban}
      look="primary"
      title={words.person.unbanTitle(name)}
      text={words.person.unbanText(name)}
      act={() => call('admin/unban-person', { user_id: person.id })}
      done={words.person.unbanDone(name)}
      onDone={again}
    />
  )
}

const Flag = ({ person, again }: PersonActsProps) => {
  const { call } = useAccount()
  const name = person.display_name
  const flag = (is_admin: boolean) => () => call('admin/flag', { user_id: person.id, is_admin })
  return person.is_admin ? (
    <ActButton
      label={words.person.withdraw}
      title={words.person.withdrawTitle(name)}
      text={words.person.withdrawText(name)}
      act={flag(false)}
      done={words.person.withdrawDone(name)}
      onDone={again}
    />
  ) : (
    <ActButton
      label={words.person.grant}
      title={words.person.grantTitle(name)}
      text={words.person.grantText(name)}
      act={flag(true)}
      done={words.person.grantDone(name)}
      onDone={again}
    />
  )
}
