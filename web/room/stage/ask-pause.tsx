import { useEffect } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { sentenceFor, useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { driversHere } from '../drivers.ts'
import { usePageState, usePageStore } from '../page-state.tsx'
import { useMayDo, useRoom } from '../room-context.tsx'
import { useStage } from './stage-context.tsx'

const SHOWN_FOR_MS = 10_000

/** One click for those who may not pause: whoever may sees who asks. */
export const AskPause = () => {
  const { call } = useAccount()
  const { code, session } = useRoom()
  const { playhead } = useStage()
  const page = usePageStore()
  const mayCommand = useMayDo('command')
  const asking = useAction(async () => {
    const tell = (askedPause: string | null) => page.update((state) => ({ ...state, askedPause }))
    tell(null)
    try {
      await call('rooms/ask-pause', { room_id: code })
      tell(driversHere(session.store.get()).length === 0 ? strings.hands.askedNobody : strings.hands.asked)
    } catch (error) {
      tell(sentenceFor(error, { too_fast: strings.hands.askedAlready }))
      throw error
    }
  })
  if (mayCommand || playhead.phase === 'paused') return null
  return (
    <button
      type="button"
      className="button compact ask-pause"
      aria-busy={asking.isRunning}
      onClick={() => void asking.run()}
    >
      {strings.hands.askPause}
    </button>
  )
}

/** What became of the question for a pause. */
export const AskedPause = () => {
  const page = usePageStore()
  const text = usePageState(({ askedPause }) => askedPause)
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => page.update((state) => ({ ...state, askedPause: null })), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [text, page])
  return text === null ? null : <p className="stage-note">{text}</p>
}
