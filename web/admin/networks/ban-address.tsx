import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import { useAction } from '../../parts/use-action.ts'
import { type BanDays, BanDaysField, USUAL_BAN_DAYS } from '../parts/ban-days.tsx'
import { useTellDone } from '../parts/done.tsx'
import { Section } from '../parts/section.tsx'
import { SignInAgain } from '../parts/sign-in-again.tsx'
import { words } from '../strings/strings.ts'

const MAX_ADDRESS_CHARACTERS = 64
const MAX_NOTE_CHARACTERS = 200

/** Refuses everybody from one address on. */
export const BanAddress = ({ onDone }: { onDone: (() => void) | undefined }) => {
  const { call } = useAccount()
  const tell = useTellDone()
  const [address, setAddress] = useState('')
  const [note, setNote] = useState('')
  const [days, setDays] = useState<BanDays>(USUAL_BAN_DAYS)
  const [isAsking, setAsking] = useState(false)
  const banning = useAction(async () => {
    await call('admin/ban-network', { address: address.trim(), note, days: Number(days) })
    setAsking(false)
    setAddress('')
    setNote('')
    tell(words.networks.done)
    onDone?.()
  })
  const ask = () => {
    banning.clear()
    setAsking(true)
  }
  return (
    <Section title={words.networks.add}>
      <Form onSubmit={ask}>
        <Field
          label={words.networks.address}
          hint={words.networks.addressHint}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          maxLength={MAX_ADDRESS_CHARACTERS}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
        />
        <BanDaysField value={days} onChange={setDays} />
        <Field
          label={words.networks.noteField}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={MAX_NOTE_CHARACTERS}
          autoComplete="off"
        />
        <button type="submit" className="button danger">
          {words.networks.submit}
        </button>
      </Form>
      {isAsking ? (
        <ConfirmDialog
          title={words.networks.askTitle(address.trim())}
          text={words.networks.text}
          submit={words.networks.submit}
          action={banning}
          instead={{ ...words.refusals, invalid_field: words.networks.noAddress }}
          onClose={() => setAsking(false)}
        >
          {banning.failure?.code === 'sign_in_again' ? <SignInAgain label={words.again.submit} /> : null}
        </ConfirmDialog>
      ) : null}
    </Section>
  )
}
