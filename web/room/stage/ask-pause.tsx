import { useAccount } from '../../account/account-provider.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoom } from '../room-context.tsx'
import { useStage } from './stage-context.tsx'

/** One click for those who may not pause: whoever may sees who asks. */
export const AskPause = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const { playhead } = useStage()
  const mayCommand = useMayDo('command')
  const asking = useAction(() => call('rooms/ask-pause', { room_id: code }))
  if (mayCommand || playhead.phase === 'paused') return null
  return (
    <button
      type="button"
      className="button compact ask-pause"
      aria-busy={asking.isRunning}
      onClick={() => void asking.run()}
      title={asking.failure === null ? undefined : strings.hands.askedAlready}
    >
      {strings.hands.askPause}
    </button>
  )
}
