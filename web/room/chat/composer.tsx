import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { MAX_MESSAGE_CODE_POINTS } from '../../../protocol/limits.ts'
import { Icon } from '../../parts/icon.tsx'
import { sentenceFor } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useRoomView } from '../room-view.tsx'
import { emptyDraft, takeBack } from './draft.ts'
import { useCountdown } from './use-countdown.ts'

/** From here on the rest is counted down beside the field. */
const COUNT_FROM = MAX_MESSAGE_CODE_POINTS - 50

export const Composer = ({ onSaid }: { onSaid: () => void }) => {
  const { session } = useRoom()
  const isChatOn = useRoomState((state) => state.room?.is_chat_enabled ?? true)
  const isConnected = useRoomState((state) => state.connection.status === 'open')
  // Not while the room is entered: that is no news.
  const isOffline = useRoomState(
    ({ connection }) =>
      connection.status === 'waiting' || (connection.status === 'connecting' && connection.attempt > 0),
  )
  const [draft, setDraft] = useState(emptyDraft)
  const { text } = draft
  const sent = useRef(0)
  const [failure, setFailure] = useState<ApiError | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const { seconds, start } = useCountdown()
  const { isCinema } = useRoomView()

  // A reason that has passed is none any more.
  useEffect(() => {
    if (seconds === 0) setFailure((before) => (before?.retryAfter === undefined ? before : null))
  }, [seconds])
  useEffect(() => {
    if (isChatOn) setFailure((before) => (before?.code === 'chat_disabled' ? null : before))
  }, [isChatOn])

  const left = MAX_MESSAGE_CODE_POINTS - [...text.trim()].length
  // Who is muted may try: that the host has unmuted them shows in nothing else.
  const mustWait = seconds > 0 && failure?.code === 'too_fast'
  const send = async () => {
    const message = text.trim()
    if (message === '' || left < 0 || mustWait || !isConnected) return
    // At once, so that the next message can be written while this one is on its way.
    setDraft(emptyDraft)
    sent.current += 1
    const order = sent.current
    setFailure(null)
    field.current?.focus()
    try {
      await session.say(message)
      onSaid()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setDraft((since) => takeBack(since, order, message))
      setFailure(error)
      if (error.retryAfter !== undefined) start(error.retryAfter)
    }
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    // Over the film the line closes as it was opened.
    if (text.trim() === '' && isCinema) event.currentTarget.blur()
    else void send()
  }

  if (!isChatOn)
    return (
      <p className="composer-off" role="status">
        {strings.chat.off}
      </p>
    )
  const refusal =
    failure === null ? null : seconds > 0 ? strings.chat.wait(failure.code, seconds) : sentenceFor(failure)
  const reason = refusal ?? (left < 0 ? strings.chat.tooLong(-left) : isOffline ? strings.chat.offline : null)
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="composer-reason" role="status">
        {reason}
      </div>
      <div className="composer-line">
        <textarea
          ref={field}
          data-composer
          rows={1}
          value={text}
          placeholder={strings.chat.placeholder}
          aria-label={strings.chat.placeholder}
          onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          onKeyDown={press}
        />
        {text.length >= COUNT_FROM ? (
          <span className={left < 0 ? 'composer-count over' : 'composer-count'}>{left}</span>
        ) : null}
        <button
          type="submit"
          className="send"
          aria-label={strings.chat.send}
          disabled={text.trim() === '' || left < 0 || mustWait || !isConnected}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}
