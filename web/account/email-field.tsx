import { Field } from '../parts/field.tsx'
import { strings } from '../strings/strings.ts'

type EmailFieldProps = { value: string; onChange: (email: string) => void }

/** The e-mail address of an account, which is what a browser keeps a password under. */
export const EmailField = ({ value, onChange }: EmailFieldProps) => (
  <Field
    label={strings.email}
    type="email"
    value={value}
    onChange={(event) => onChange(event.target.value)}
    autoComplete="username"
    required
  />
)
