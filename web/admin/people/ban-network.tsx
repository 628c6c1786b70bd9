import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ActButton } from '../parts/act-button.tsx'
import { type BanDays, BanDaysField, USUAL_BAN_DAYS } from '../parts/ban-days.tsx'
import { words } from '../strings/strings.ts'
import type { FullPerson } from './person-page.tsx'

/** Refuses everybody from where this person signed in last. */
export const BanNetwork = ({ person, again }: { person: FullPerson['person']; again: () => void }) => {
  const { call } = useAccount()
  const [days, setDays] = useState<BanDays>(USUAL_BAN_DAYS)
  return (
    <ActButton
      label={words.person.banNetwork}
      title={words.person.banNetworkTitle(person.display_name)}
      text={words.person.banNetworkText}
      act={() => call('admin/ban-network', { user_id: person.id, days: Number(days) })}
      done={words.person.banNetworkDone}
      onDone={again}
    >
      <BanDaysField value={days} onChange={setDays} />
    </ActButton>
  )
}
