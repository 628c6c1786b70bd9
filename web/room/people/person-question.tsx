import { useState } from 'react'
import type { Member } from '../../../client/index.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { Switch } from '../../parts/switch.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { usePageStore } from '../page-state.tsx'
import { useRoom } from '../room-context.tsx'
import { useDoorAfterBan } from './use-door-after-ban.ts'

/** What is asked about before it is done to somebody. */
export type Asked = 'kick' | 'ban' | 'transfer'
type PersonQuestionProps = { member: Member; asked: Asked; onClose: () => void; onDone: () => void }

/** Asks whether to do it. It stands outside of the rows: one that moves from one list to another is drawn anew. */
export const PersonQuestion = ({ member, asked, onClose, onDone }: PersonQuestionProps) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const store = usePageStore()
  const name = shownName(member.display_name)
  const door = useDoorAfterBan(member)
  const [shutsDoor, setShutsDoor] = useState(false)
  const doing = useAction(async () => {
    await call(`rooms/${asked}`, { room_id: code, user_id: member.id })
    if (asked === 'ban' && shutsDoor) await call('rooms/settings', { room_id: code, ...door?.change })
    if (asked === 'kick')
      store.update((state) => ({ ...state, undoable: { how: 'kick', people: [{ id: member.id, name }] } }))
    onDone()
  })
  return (
    <ConfirmDialog
      title={strings.people[`${asked}Title`](name)}
      text={strings.people[`${asked}Text`](name)}
      submit={strings.people[asked]}
      look={asked === 'transfer' ? 'primary' : 'danger'}
      action={doing}
      instead={{ host_must_stay: strings.people.hostStays }}
      onClose={onClose}
    >
      {asked === 'ban' && door !== null ? <Switch label={door.label} isOn={shutsDoor} onChange={setShutsDoor} /> : null}
    </ConfirmDialog>
  )
}
