import { type ReactNode, useId } from 'react'

type ChoiceProps<T extends string> = {
  legend: string
  value: T
  options: readonly { value: T; label: string; note: ReactNode }[]
  onChange: (value: T) => void
}

/** One of a few, side by side; the note explains the chosen one. */
export const Choice = <T extends string>({ legend, value, options, onChange }: ChoiceProps<T>) => {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="choice-options">
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <p className="field-note">{options.find((option) => option.value === value)?.note}</p>
    </fieldset>
  )
}
