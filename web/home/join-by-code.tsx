import { useState } from 'react'
import { useLocation } from 'wouter'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { strings } from '../strings/strings.ts'
import '../styles/join-line.css'
import { codeIn } from './code-in.ts'

export const JoinByCode = () => {
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <div className="join-line">
      <Form
        onSubmit={() => {
          const code = codeIn(typed)
          if (code === undefined) setProblem(strings.joinByCode.problem)
          else navigate(`/r/${code}`)
        }}
      >
        <Field
          label={strings.joinByCode.label}
          problem={problem}
          className="code-input"
          value={typed}
          onChange={(event) => {
            setProblem(null)
            setTyped(event.target.value)
          }}
          placeholder={strings.joinByCode.hint}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
        />
        <button type="submit" className="button">
          {strings.joinByCode.submit}
        </button>
      </Form>
    </div>
  )
}
