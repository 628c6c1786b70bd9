import { shownDuration } from '../../../client/index.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoom, useRoomState } from '../room-context.tsx'
import { messageParts } from './message-parts.ts'

/** What somebody said, with its links to follow; the host goes to the moments in it. */
export const MessageText = ({ message }: { message: string }) => {
  const { session } = useRoom()
  const mayCommand = useMayDo('command')
  const duration = useRoomState((state) => (mayCommand ? shownDuration(state) : null))
  let at = 0
  return messageParts(message, duration).map((part) => {
    const key = at
    at += part.text.length
    if ('href' in part)
      return (
        <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      )
    if (!('seconds' in part)) return part.text
    return (
      <button
        key={key}
        type="button"
        className="moment"
        title={strings.chat.goTo(part.text)}
        onClick={() => session.seek(part.seconds)}
      >
        {part.text}
      </button>
    )
  })
}
