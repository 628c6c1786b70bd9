import { useState } from 'react'
import { MAX_NAME_CHARACTERS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { entryFields, entryOf, isSameEntry, passwordProblem } from '../../home/entry.ts'
import { EntryChoice } from '../../home/entry-choice.tsx'
import { rememberRoomPassword } from '../../home/room-password.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { Field } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useAction } from '../../parts/use-action.ts'
import { LinkField } from '../../players/link-field.tsx'
import { useLink } from '../../players/use-link.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { ChatSettings } from './chat-settings.tsx'
import { Decisions } from './decisions.tsx'
import { DeleteRoom } from './delete-room.tsx'
import { RoomPassword } from './room-password.tsx'

export const SettingsDialog = ({ onClose }: { onClose: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const facts = useRoomState((state) => state.room)
  const media = useRoomState((state) => state.media)
  const [name, setName] = useState(facts?.name ?? '')
  const link = useLink(media?.url)
  const [isChatOn, setChatOn] = useState(facts?.is_chat_enabled ?? true)
  const [slowSeconds, setSlowSeconds] = useState(facts?.slow_mode_seconds ?? 0)
  const [guestsAllowed, setGuestsAllowed] = useState(facts?.guests_allowed ?? true)
  const [isLocked, setLocked] = useState(facts?.is_locked ?? false)
  const [control, setControl] = useState(facts?.control ?? 'HOSTS')
  const [heirs, setHeirs] = useState(facts?.heirs ?? 'COHOSTS')
  const [entry, setEntry] = useState(entryOf(facts))
  const [password, setPassword] = useState<string | null>(null)

  const showPassword = (fresh: string | undefined) => {
    if (fresh === undefined) return
    rememberRoomPassword(code, fresh)
    setPassword(fresh)
    setEntry((before) => ({ ...before, password: '' }))
  }
  const save = useAction(async () => {
    if (passwordProblem(entry) !== null) return
    const isNewLink = link.field.value.trim() !== (media?.url ?? '')
    const found = isNewLink ? await link.read() : {}
    if (found === null) return
    const answer = await call('rooms/settings', {
      room_id: code,
      name: name.trim() === '' ? null : name,
      is_chat_enabled: isChatOn,
      guests_allowed: guestsAllowed,
      ...(control === (facts?.control ?? 'HOSTS') ? {} : { control }),
      ...(heirs === (facts?.heirs ?? 'COHOSTS') ? {} : { heirs }),
      ...(slowSeconds === (facts?.slow_mode_seconds ?? 0) ? {} : { slow_mode_seconds: slowSeconds }),
      ...(isLocked === (facts?.is_locked ?? false) ? {} : { is_locked: isLocked }),
      ...(isSameEntry(entry, entryOf(facts)) ? {} : entryFields(entry)),
      ...found,
    })
    // A password is shown before the dialog goes.
    if (answer.room_password === undefined) onClose()
    else showPassword(answer.room_password)
  })

  return (
    <Dialog title={strings.settings.title} onClose={onClose}>
      <Form onSubmit={save.run}>
        <Field
          label={strings.settings.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={MAX_NAME_CHARACTERS}
          autoComplete="off"
        />
        <LinkField {...link.field} />
        <ChatSettings isOn={isChatOn} onSwitch={setChatOn} slowSeconds={slowSeconds} onSlow={setSlowSeconds} />
        <Switch label={strings.settings.guests} isOn={guestsAllowed} onChange={setGuestsAllowed} />
        <Switch
          label={strings.settings.everyone}
          isOn={control === 'EVERYONE'}
          onChange={(isOn) => setControl(isOn ? 'EVERYONE' : 'HOSTS')}
        />
        <Switch
          label={strings.settings.heirs}
          isOn={heirs === 'MEMBERS'}
          onChange={(isOn) => setHeirs(isOn ? 'MEMBERS' : 'COHOSTS')}
        />
        <Switch label={strings.people.lock} isOn={isLocked} onChange={setLocked} />
        <EntryChoice entry={entry} hasPassword={facts?.entry_mode === 'PASSWORD'} onChange={setEntry} />
        <RoomPassword fresh={password} onPassword={showPassword} />
        <Decisions />
        <ActionFailure error={save.failure} />
        <div className="dialog-actions">
          <DeleteRoom />
          <button type="submit" className="button primary" aria-busy={save.isRunning}>
            {link.submitLabel(strings.settings.save)}
          </button>
        </div>
      </Form>
    </Dialog>
  )
}
