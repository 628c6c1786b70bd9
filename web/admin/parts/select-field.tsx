import { useId } from 'react'

type SelectFieldProps<T extends string> = {
  label: string
  value: T
  options: readonly (readonly [value: T, label: string])[]
  onChange: (value: T) => void
  /** What to know of it. */
  hint?: string | null
  disabled?: boolean
}

/** One of several, with a label. */
export const SelectField = <T extends string>({
  label,
  value,
  options,
  onChange,
  hint = null,
  disabled = false,
}: SelectFieldProps<T>) => {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={hint === null ? undefined : `${id}-note`}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.target.value)
          if (chosen !== undefined) onChange(chosen[0])
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      {hint === null ? null : (
        <p id={`${id}-note`} className="field-note">
          {hint}
        </p>
      )}
    </div>
  )
}
