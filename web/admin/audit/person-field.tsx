import type { AdminPerson } from '../../../protocol/http/admin/people.ts'
import { Field } from '../../parts/field.tsx'
import { words } from '../strings/strings.ts'

/** Somebody as they were typed; and where that fits several people, or nobody, what was found. */
export type TypedPerson = { text: string; found: readonly AdminPerson[] | null }

type PersonFieldProps = { label: string; value: TypedPerson; onChange: (value: TypedPerson) => void }

/** Somebody by id, e-mail address or name; where several have it, one of them is chosen. */
export const PersonField = ({ label, value, onChange }: PersonFieldProps) => {
  const { text, found } = value
  const problem = found === null ? null : found.length === 0 ? words.audit.nobody : words.audit.several
  return (
    <div className="admin-person">
      <Field
        label={label}
        hint={words.audit.personHint}
        problem={problem}
        value={text}
        onChange={(event) => onChange({ text: event.target.value, found: null })}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      {found === null ? null : (
        <div className="admin-acts">
          {found.map(({ id, display_name, email }) => (
            <button
              key={id}
              type="button"
              className="button compact"
              onClick={() => onChange({ text: id, found: null })}
            >
              {email ?? `${display_name} · ${id.slice(0, 8)}`}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
