import { type ReactNode, useState } from 'react'
import { MAX_EMAIL_CHARACTERS } from '../../../protocol/limits.ts'
import { Field } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import { words } from '../strings/strings.ts'

type SearchFormProps = {
  label: string
  value: string
  onSearch: (text: string) => void
  /** What else narrows the list. */
  children?: ReactNode
}

/** Looks for something by a text. */
export const SearchForm = ({ label, value, onSearch, children }: SearchFormProps) => {
  const [typed, setTyped] = useState({ text: value, of: value })
  // The way back leads to an earlier search.
  if (typed.of !== value) setTyped({ text: value, of: value })
  return (
    <search className="admin-search">
      <Form onSubmit={() => onSearch(typed.text.trim())}>
        <Field
          label={label}
          type="search"
          value={typed.text}
          onChange={(event) => setTyped({ text: event.target.value, of: value })}
          maxLength={MAX_EMAIL_CHARACTERS}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        {children}
        <button type="submit" className="button">
          {words.search}
        </button>
      </Form>
    </search>
  )
}
