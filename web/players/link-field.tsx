import { useRef } from 'react'
import { Field } from '../parts/field.tsx'
import { strings } from '../strings/strings.ts'
import { sampleLink } from './media-of-link.ts'

type LinkFieldProps = {
  value: string
  onChange: (link: string) => void
  problem: string | null
  notice: string | null
  /** Where it is all that the form asks for. */
  isNeeded?: boolean
}

export const LinkField = ({ value, onChange, problem, notice, isNeeded = false }: LinkFieldProps) => {
  const input = useRef<HTMLInputElement>(null)
  const takeSample = () => {
    onChange(sampleLink())
    // The button goes; the focus must not go with it.
    input.current?.focus()
  }
  return (
    <div className="link-field">
      <Field
        ref={input}
        label={isNeeded ? strings.link.needed : strings.link.label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        problem={problem}
        notice={notice}
        hint={strings.link.hint}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://"
      />
      {value === '' ? (
        <button type="button" className="link-button" onClick={takeSample}>
          {strings.link.useSample}
        </button>
      ) : null}
    </div>
  )
}
