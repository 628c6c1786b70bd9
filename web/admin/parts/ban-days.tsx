import { words } from '../strings/strings.ts'
import { SelectField } from './select-field.tsx'

/** For how many days a network can be banned. */
const CHOICES = ['1', '7', '30', '90', '365'] as const
export type BanDays = (typeof CHOICES)[number]
export const USUAL_BAN_DAYS: BanDays = '30'

export const BanDaysField = ({ value, onChange }: { value: BanDays; onChange: (days: BanDays) => void }) => (
  <SelectField
    label={words.networks.days}
    value={value}
    options={CHOICES.map((days) => [days, words.days(Number(days))])}
    onChange={onChange}
  />
)
