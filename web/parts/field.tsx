import { type ComponentProps, type FormEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { strings } from '../strings/strings.ts'
import { countCharacters } from './count-characters.ts'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'value'> & {
  value: string
  label: string
  hint?: ReactNode
  problem?: string | null
  notice?: string | null
}

/** What the browser objects to, in our words; null for what nobody can type. */
const objectionTo = ({ validity, validationMessage, minLength }: HTMLInputElement): string | null => {
  if (validity.valueMissing) return strings.field.missing
  if (validity.customError) return validationMessage
  if (validity.typeMismatch) return strings.field.noEmail
  return validity.tooShort ? strings.passwordHint(minLength) : null
}

/**
 * A labelled input with its hint, and in place of the hint what is wrong with it, or what to know of it. What is longer
 * than `maxLength` is not cut in silence: the field says by how much, and the form waits.
 */
export const Field = ({ label, hint, problem, notice, className, maxLength, onChange, ...input }: FieldProps) => {
  const id = useId()
  const [objection, setObjection] = useState<string | null>(null)
  const over = maxLength === undefined ? 0 : countCharacters(input.value.trim()) - maxLength
  const tooLong = over > 0 && maxLength !== undefined ? strings.field.tooLong(over, maxLength) : null
  useEffect(() => {
    const element = document.getElementById(id)
    if (element instanceof HTMLInputElement) element.setCustomValidity(tooLong ?? '')
  }, [id, tooLong])
  const refuse = (event: FormEvent<HTMLInputElement>) => setObjection(objectionTo(event.currentTarget))
  const wrong = tooLong ?? objection ?? problem
  const note = wrong ?? notice ?? hint
  const tone = wrong != null ? ' problem' : notice != null ? ' warning' : ''
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={className}
        onChange={(event) => {
          setObjection(null)
          onChange?.(event)
        }}
        onInvalid={refuse}
        aria-invalid={wrong != null}
        aria-describedby={note == null ? undefined : `${id}-note`}
      />
      {note == null ? null : (
        <p id={`${id}-note`} className={`field-note${tone}`} aria-live="polite">
          {note}
        </p>
      )}
    </div>
  )
}
