import { useState } from 'react'
import { allDecisionNames } from '../../../protocol/decisions.ts'
import { Field } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import { useAction } from '../../parts/use-action.ts'
import { ActFailure } from '../parts/act-failure.tsx'
import { SelectField } from '../parts/select-field.tsx'
import { words } from '../strings/strings.ts'
import type { AuditFilter } from './asked.ts'
import { PersonField, type TypedPerson } from './person-field.tsx'
import { usePersonNamed } from './use-person-named.ts'

type AuditFilterFormProps = { filter: AuditFilter; onChange: (filter: AuditFilter) => void }

/** What of the audit is shown. */
export const AuditFilterForm = ({ filter, onChange }: AuditFilterFormProps) => {
  const [by, setBy] = useState<TypedPerson>({ text: filter.by ?? '', found: null })
  const [whom, setWhom] = useState<TypedPerson>({ text: filter.whom ?? '', found: null })
  const [rest, setRest] = useState(filter)
  const personNamed = usePersonNamed()
  const showing = useAction(async () => {
    const [one, other] = await Promise.all([personNamed(by.text), personNamed(whom.text)])
    if (one.found !== null) setBy(one)
    if (other.found !== null) setWhom(other)
    if (one.found === null && other.found === null) onChange({ ...rest, by: one.text, whom: other.text })
  })
  return (
    <search className="admin-search">
      <Form onSubmit={showing.run}>
        <PersonField label={words.audit.by} value={by} onChange={setBy} />
        <PersonField label={words.audit.whom} value={whom} onChange={setWhom} />
        <SelectField
          label={words.audit.what}
          value={rest.what ?? ''}
          options={[['', words.all], ...allDecisionNames.map((name) => [name, words.decisions[name]] as const)]}
          onChange={(what) => setRest({ ...rest, what })}
        />
        <Field
          label={words.audit.room}
          value={rest.room ?? ''}
          onChange={(event) => setRest({ ...rest, room: event.target.value.trim() })}
          autoComplete="off"
          spellCheck={false}
        />
        <Field
          label={words.audit.from}
          type="date"
          value={rest.from ?? ''}
          onChange={(event) => setRest({ ...rest, from: event.target.value })}
        />
        <Field
          label={words.audit.to}
          type="date"
          value={rest.to ?? ''}
          onChange={(event) => setRest({ ...rest, to: event.target.value })}
        />
        <ActFailure error={showing.failure} />
        <div className="admin-acts">
          <button type="submit" className="button" aria-busy={showing.isRunning}>
            {words.audit.show}
          </button>
          <button type="button" className="button quiet" onClick={() => onChange({})}>
            {words.audit.clear}
          </button>
        </div>
      </Form>
    </search>
  )
}
