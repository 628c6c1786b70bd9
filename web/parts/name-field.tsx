import type { ReactNode } from 'react'
import { MAX_NAME_CHARACTERS } from '../../protocol/limits.ts'
import { strings } from '../strings/strings.ts'
import { Field } from './field.tsx'

type NameFieldProps = { value: string; onChange: (name: string) => void; hint?: ReactNode }

/** What others see of somebody. */
export const NameField = ({ value, onChange, hint }: NameFieldProps) => (
  <Field
    label={strings.yourName}
    hint={hint}
    value={value}
    onChange={(event) => onChange(event.target.value)}
    autoComplete="nickname"
    maxLength={MAX_NAME_CHARACTERS}
    required
  />
)
