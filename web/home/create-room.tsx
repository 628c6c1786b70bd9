import { useState } from 'react'
import { useLocation } from 'wouter'
import { MAX_NAME_CHARACTERS } from '../../protocol/limits.ts'
import { useAccount } from '../account/account-provider.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { NameField } from '../parts/name-field.tsx'
import { useAction } from '../parts/use-action.ts'
import { LinkField } from '../players/link-field.tsx'
import { useLink } from '../players/use-link.ts'
import { strings } from '../strings/strings.ts'
import { entryFields, passwordProblem, unlisted } from './entry.ts'
import { EntryChoice } from './entry-choice.tsx'
import { rememberRoomPassword } from './room-password.ts'

export const CreateRoom = () => {
  const { person, call, enter } = useAccount()
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [yourName, setYourName] = useState('')
  const link = useLink()
  const [entry, setEntry] = useState(unlisted)

  const create = useAction(async () => {
    if (passwordProblem(entry) !== null) return
    const found = await link.read()
    if (found === null) return
    if (person === null) await enter('auth/guest', { display_name: yourName })
    const room = await call('rooms/create', {
      ...entryFields(entry),
      ...found,
      name: name.trim() === '' ? null : name,
    })
    rememberRoomPassword(room.code, room.room_password)
    navigate(`/r/${room.code}`)
  })

  return (
    <section className="card" aria-labelledby="create-title">
      <h2 id="create-title">{strings.create.title}</h2>
      <Form onSubmit={create.run}>
        {person === null ? <NameField value={yourName} onChange={setYourName} /> : null}
        <LinkField {...link.field} />
        <details className="more">
          <summary>{strings.create.more(strings.entry[entry.way], entry.isListed && entry.way === 'open')}</summary>
          <div className="form">
            <Field
              label={strings.create.name}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={MAX_NAME_CHARACTERS}
              placeholder={strings.create.namePlaceholder}
              autoComplete="off"
            />
            <EntryChoice entry={entry} onChange={setEntry} />
          </div>
        </details>
        <ActionFailure error={create.failure} />
        <button type="submit" className="button primary" aria-busy={create.isRunning}>
          {link.submitLabel(strings.create.submit)}
        </button>
      </Form>
    </section>
  )
}
