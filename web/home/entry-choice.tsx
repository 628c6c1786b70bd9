import { MAX_NAME_CHARACTERS } from '../../protocol/limits.ts'
import { Choice } from '../parts/choice.tsx'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import { strings } from '../strings/strings.ts'
import { type Entry, entryOptions, passwordProblem } from './entry.ts'

type EntryChoiceProps = {
  entry: Entry
  /** The room has a password already, which stays where no other is typed. */
  hasPassword?: boolean
  onChange: (entry: Entry) => void
}

export const EntryChoice = ({ entry, hasPassword = false, onChange }: EntryChoiceProps) => (
  <>
    <Choice
      legend={strings.entry.legend}
      value={entry.way}
      onChange={(way) => onChange({ ...entry, way })}
      options={entryOptions()}
    />
    {entry.way === 'open' ? (
      <Switch
        label={strings.entry.list}
        isOn={entry.isListed}
        onChange={(isListed) => onChange({ ...entry, isListed })}
      />
    ) : null}
    {entry.way === 'password' ? (
      <Field
        label={strings.entry.choosePassword}
        hint={hasPassword ? strings.entry.passwordStays : strings.entry.passwordMade}
        problem={passwordProblem(entry)}
        value={entry.password}
        onChange={(event) => onChange({ ...entry, password: event.target.value })}
        maxLength={MAX_NAME_CHARACTERS}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
    ) : null}
  </>
)
