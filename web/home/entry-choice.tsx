import { Choice } from '../parts/choice.tsx'
import { Switch } from '../parts/switch.tsx'
import { strings } from '../strings/strings.ts'
import { type Entry, entryOptions } from './entry.ts'

export const EntryChoice = ({ entry, onChange }: { entry: Entry; onChange: (entry: Entry) => void }) => (
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
  </>
)
