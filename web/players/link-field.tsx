import { Field } from '../parts/field.tsx'
import { strings } from '../strings/strings.ts'
import { sampleLink } from './media-of-link.ts'

type LinkFieldProps = { value: string; onChange: (link: string) => void; problem: string | null }

export const LinkField = ({ value, onChange, problem }: LinkFieldProps) => (
  <div className="link-field">
    <Field
      label={strings.link.label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      problem={problem}
      hint={strings.link.hint}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      placeholder="https://"
    />
    {value === '' ? (
      <button type="button" className="link-button" onClick={() => onChange(sampleLink())}>
        {strings.link.useSample}
      </button>
    ) : null}
  </div>
)
