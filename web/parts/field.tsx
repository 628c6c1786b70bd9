import { type ComponentProps, type ReactNode, useId } from 'react'

type FieldProps = Omit<ComponentProps<'input'>, 'id'> & {
  label: string
  hint?: ReactNode
  problem?: string | null
  notice?: string | null
}

/** A labelled input with its hint, and in place of the hint what is wrong with it, or what to know of it. */
export const Field = ({ label, hint, problem, notice, className, ...input }: FieldProps) => {
  const id = useId()
  const note = problem ?? notice ?? hint
  const tone = problem != null ? ' problem' : notice != null ? ' warning' : ''
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={className}
        aria-invalid={problem != null}
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
