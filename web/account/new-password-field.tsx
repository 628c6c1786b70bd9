import { MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARACTERS } from '../../protocol/limits.ts'
import { Field } from '../parts/field.tsx'
import { strings } from '../strings/strings.ts'

export const isTooLong = (password: string): boolean => new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES

type NewPasswordFieldProps = { value: string; onChange: (password: string) => void; isShown: boolean }

/** Where somebody chooses a password. The form waits while it `isTooLong`. */
export const NewPasswordField = ({ value, onChange, isShown }: NewPasswordFieldProps) => (
  <Field
    label={strings.newPassword.next}
    hint={strings.passwordHint(MIN_PASSWORD_CHARACTERS)}
    problem={isTooLong(value) ? strings.newPassword.tooLong : null}
    type={isShown ? 'text' : 'password'}
    value={value}
    onChange={(event) => onChange(event.target.value)}
    autoComplete="new-password"
    minLength={MIN_PASSWORD_CHARACTERS}
    required
  />
)
