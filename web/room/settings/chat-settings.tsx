import { useId } from 'react'
import { Switch } from '../../parts/switch.tsx'
import { strings } from '../../strings/strings.ts'
import { ClearChat } from './clear-chat.tsx'

/** What can be chosen, in seconds; 0 is off. */
const SLOW_MODES = [0, 5, 10, 30, 60, 300] as const

type ChatSettingsProps = {
  isOn: boolean
  onSwitch: (isOn: boolean) => void
  /** Seconds between two messages of one person. */
  slowSeconds: number
  onSlow: (seconds: number) => void
}

/** Whether people may write, how often, and an empty chat. */
export const ChatSettings = ({ isOn, onSwitch, slowSeconds, onSlow }: ChatSettingsProps) => {
  const id = useId()
  // Another client may have set what cannot be chosen here.
  const choices = [...new Set([...SLOW_MODES, slowSeconds])].sort((one, other) => one - other)
  return (
    <>
      <Switch label={strings.settings.chat} isOn={isOn} onChange={onSwitch} />
      <div className="field slow-mode">
        <label htmlFor={id}>{strings.settings.slowMode}</label>
        <select id={id} value={slowSeconds} onChange={(event) => onSlow(Number(event.target.value))}>
          {choices.map((seconds) => (
            <option key={seconds} value={seconds}>
              {strings.settings.slowSeconds(seconds)}
            </option>
          ))}
        </select>
        <ClearChat />
      </div>
    </>
  )
}
