import { type ComponentProps, type ReactNode, useId } from 'react'

type FieldProps = Omit<ComponentProps<'input'>, 'id'> & { label: string; hint?: ReactNode; problem?: string | null }

/** A labelled input with its hint, and in place of the hint what is wrong with it. */
export const Field = ({ label, hint, problem, className, ...input }: FieldProps) => {
  const id = useId()
  const note = problem ?? hint
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
        <p id={`${id}-note`} className={problem == null ? 'field-note' : 'field-note problem'}>
          {note}
        </p>
      )}
    </div>
  )
}
