import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { MAX_MESSAGE_CODE_POINTS } from '../../../protocol/limits.ts'
import { sentenceFor } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoom, useRoomState } from '../room-context.tsx'
import { useMutedUntil } from '../use-muted-until.ts'
import { emptyDraft, takeBack } from './draft.ts'
import { useCountdown } from './use-countdown.ts'

/** The draft of a message, whether it may be sent, and what the server said when it was not taken. */
export const useSending = (onSaid: () => void) => {
  const { session } = useRoom()
  const isChatOn = useRoomState((state) => state.room?.is_chat_enabled ?? true)
  const isConnected = useRoomState((state) => state.connection.status === 'open')
  const [draft, setDraft] = useState(emptyDraft)
  const sent = useRef(0)
  const [failure, setFailure] = useState<ApiError | null>(null)
  const { seconds, start } = useCountdown()
  const mutedUntil = useMutedUntil()
  const slow = useCountdown()
  const slowSeconds = useRoomState((state) => state.room?.slow_mode_seconds ?? 0)
  const isSlowed = !useMayDo('moderate') && slowSeconds > 0

  // Clear the refusal when its waiting time is over, or its reason.
  useEffect(() => {
    if (seconds === 0) setFailure((before) => (before?.retryAfter === undefined ? before : null))
  }, [seconds])
  useEffect(() => {
    if (isChatOn) setFailure((before) => (before?.code === 'chat_disabled' ? null : before))
  }, [isChatOn])
  useEffect(() => {
    if (mutedUntil === null) setFailure((before) => (before?.code === 'muted' ? null : before))
  }, [mutedUntil])

  const message = draft.text.trim()
  const left = MAX_MESSAGE_CODE_POINTS - [...message].length
  // A muted person may try: the server knows it first.
  const slowLeft = isSlowed ? Math.min(slow.seconds, slowSeconds) : 0
  const mustWait = slowLeft > 0 || (seconds > 0 && failure?.code === 'too_fast')
  const maySend = message !== '' && left >= 0 && !mustWait && isConnected

  const send = async () => {
    if (!maySend) return
    // Empty the field at once, so that the next message can be written while this one is on its way.
    setDraft(emptyDraft)
    sent.current += 1
    const order = sent.current
    setFailure(null)
    try {
      await session.say(message)
      if (isSlowed) slow.start(slowSeconds)
      onSaid()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setDraft((since) => takeBack(since, order, message))
      // As where this page knows when the person wrote last.
      if (error.limit === 'slow_mode' && error.retryAfter !== undefined) return slow.start(error.retryAfter)
      setFailure(error)
      if (error.retryAfter !== undefined) start(error.retryAfter)
    }
  }
  const waiting = slowLeft > 0 ? strings.chat.slow(slowLeft) : null
  const refusal = failure === null ? waiting : seconds > 0 ? strings.chat.wait(failure, seconds) : sentenceFor(failure)
  const write = (text: string) => setDraft({ ...draft, text })
  return { isChatOn, text: draft.text, write, left, maySend, send, refusal }
}
