import { type KeyboardEvent, useRef } from 'react'
import { MAX_MESSAGE_CODE_POINTS } from '../../../protocol/limits.ts'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useRoomState } from '../room-context.tsx'
import { useRoomView } from '../room-view.tsx'
import { useSending } from './use-sending.ts'

/** Whether the key belongs to a composition. Safari ends it before the key that does, and tells that one as 229. */
const isComposing = ({ nativeEvent }: KeyboardEvent): boolean => nativeEvent.isComposing || nativeEvent.keyCode === 229

/** From here on the rest is counted down beside the field. */
const COUNT_FROM = MAX_MESSAGE_CODE_POINTS - 50

export const Composer = ({ onSaid }: { onSaid: () => void }) => {
  // Not during the first connecting: nothing has been lost then.
  const isOffline = useRoomState(
    ({ connection }) =>
      connection.status === 'waiting' || (connection.status === 'connecting' && connection.attempt > 0),
  )
  const { isCinema } = useRoomView()
  const field = useRef<HTMLTextAreaElement>(null)
  const { isChatOn, text, write, left, maySend, send, refusal } = useSending(onSaid)
  const submit = () => {
    if (maySend) field.current?.focus()
    void send()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    // Held since it opened the line, or since it sent.
    if (event.repeat) return
    // Over the film the line closes as it was opened.
    if (text.trim() === '' && isCinema) event.currentTarget.blur()
    else submit()
  }

  if (!isChatOn)
    return (
      <p className="composer-off" role="status">
        {strings.chat.off}
      </p>
    )
  const reason = refusal ?? (left < 0 ? strings.chat.tooLong(-left) : isOffline ? strings.chat.offline : null)
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
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
          onChange={(event) => write(event.target.value)}
          onKeyDown={press}
        />
        {text.length >= COUNT_FROM ? (
          <span className={left < 0 ? 'composer-count over' : 'composer-count'}>{left}</span>
        ) : null}
        <button type="submit" className="send" aria-label={strings.chat.send} disabled={!maySend}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}
