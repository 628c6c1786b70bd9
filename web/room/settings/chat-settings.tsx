import { useId, useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** What can be chosen, in seconds; 0 is off. */
const SLOW_MODES = [0, 5, 10, 30, 60, 300] as const

/** Empties the chat for everybody, after a question: nothing brings it back. */
const ClearChat = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const [isAsking, setAsking] = useState(false)
  const clearing = useAction(async () => {
    await call('rooms/clear-chat', { room_id: code })
    setAsking(false)
  })
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {strings.settings.clearChat}
      </button>
      {isAsking ? (
        <ConfirmDialog
          title={strings.settings.clearChatTitle}
          text={strings.settings.clearChatText}
          submit={strings.settings.clearChat}
          action={clearing}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}

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
