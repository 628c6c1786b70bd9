import { useState } from 'react'
import { MAX_NAME_CHARACTERS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { passwordProblem } from '../../home/entry.ts'
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
import { useIsReturning } from '../use-is-returning.ts'
import { changedSettings, isNewLink, type Settings, settingsOf } from './changed-settings.ts'
import { ChatSettings } from './chat-settings.tsx'
import { Decisions } from './decisions.tsx'
import { DeleteRoom } from './delete-room.tsx'
import { type PasswordAnswer, RoomPassword } from './room-password.tsx'

export const SettingsDialog = ({ onClose }: { onClose: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const facts = useRoomState((state) => state.room)
  const media = useRoomState((state) => state.media)
  const [opened, setOpened] = useState(() => settingsOf(facts, media?.url))
  const [chosen, setChosen] = useState(opened)
  const choose = (part: Partial<Settings>) => setChosen((before) => ({ ...before, ...part }))
  const link = useLink(opened.link)
  const wanted = { ...chosen, link: link.field.value }
  const [password, setPassword] = useState<string | null>(null)
  const mayDelete = !useIsReturning(facts?.stands_in_for ?? null)

  const showPassword = ({ room_password: fresh, password_at: since }: PasswordAnswer) => {
    if (fresh === undefined) return
    rememberRoomPassword(code, fresh, since)
    setPassword(fresh)
    setChosen((before) => ({ ...before, entry: { ...before.entry, password: '' } }))
  }
  const save = useAction(async () => {
    if (passwordProblem(wanted.entry) !== null) return
    const found = isNewLink(opened, wanted) ? await link.read() : {}
    if (found === null) return
    const answer = await call('rooms/settings', { room_id: code, ...changedSettings(opened, wanted), ...found })
    // A password is shown before the dialog goes.
    if (answer.room_password === undefined) return onClose()
    setOpened({ ...wanted, entry: { ...wanted.entry, password: '' } })
    showPassword(answer)
  })

  return (
    <Dialog title={strings.settings.title} onClose={onClose}>
      <Form onSubmit={save.run}>
        <Field
          label={strings.settings.name}
          value={wanted.name}
          onChange={(event) => choose({ name: event.target.value })}
          maxLength={MAX_NAME_CHARACTERS}
          autoComplete="off"
        />
        <LinkField {...link.field} />
        <ChatSettings
          isOn={wanted.isChatOn}
          onSwitch={(isChatOn) => choose({ isChatOn })}
          slowSeconds={wanted.slowSeconds}
          onSlow={(slowSeconds) => choose({ slowSeconds })}
        />
        <Switch
          label={strings.settings.guests}
          isOn={wanted.guestsAllowed}
          onChange={(guestsAllowed) => choose({ guestsAllowed })}
        />
        <Switch
          label={strings.settings.everyone}
          isOn={wanted.control === 'EVERYONE'}
          onChange={(isOn) => choose({ control: isOn ? 'EVERYONE' : 'HOSTS' })}
        />
        <Switch
          label={strings.settings.heirs}
          isOn={wanted.heirs === 'MEMBERS'}
          onChange={(isOn) => choose({ heirs: isOn ? 'MEMBERS' : 'COHOSTS' })}
        />
        <Switch label={strings.people.lock} isOn={wanted.isLocked} onChange={(isLocked) => choose({ isLocked })} />
        <EntryChoice
          entry={wanted.entry}
          hasPassword={facts?.entry_mode === 'PASSWORD'}
          onChange={(entry) => choose({ entry })}
        />
        <RoomPassword fresh={password} onPassword={showPassword} />
        <Decisions />
        <ActionFailure error={save.failure} />
        <div className="dialog-actions">
          {mayDelete ? <DeleteRoom /> : null}
          <button type="submit" className="button primary" aria-busy={save.isRunning}>
            {link.submitLabel(strings.settings.save)}
          </button>
        </div>
      </Form>
    </Dialog>
  )
}
