import { useRef } from 'react'
import { strings } from '../../strings/strings.ts'
import { usePageState } from '../page-state.tsx'
import { useRoomState } from '../room-context.tsx'
import { usePreference } from '../settings/preferences.ts'
import { useKeptFocus } from '../use-kept-focus.ts'
import { type ActivityLine, chatEntries } from './activity.ts'
import { ActivityRow } from './activity-row.tsx'
import { Composer } from './composer.tsx'
import { MessageRow } from './message-row.tsx'
import { isNearEnd, isNearStart, useChatScroll } from './use-chat-scroll.ts'
import { useOlder } from './use-older.ts'
import type { Unread } from './use-unread.ts'

type ChatProps = { isShown: boolean; unread: Unread; isAtEnd: boolean; setAtEnd: (isAtEnd: boolean) => void }

const none: readonly ActivityLine[] = []

const Talk = ({ lines, firstUnread }: { lines: readonly ActivityLine[]; firstUnread: Unread['firstId'] }) => {
  const messages = useRoomState((state) => state.messages)
  return (
    <ol className="message-list">
      {chatEntries(messages, lines).map((entry) =>
        'line' in entry ? (
          <ActivityRow key={entry.line.id} line={entry.line} names={entry.names} />
        ) : (
          <MessageRow
            key={entry.message.id}
            message={entry.message}
            previous={entry.previous}
            isApart={entry.isApart}
            isFirstUnread={entry.message.id === firstUnread}
          />
        ),
      )}
    </ol>
  )
}

export const Chat = ({ isShown, unread, isAtEnd, setAtEnd }: ChatProps) => {
  const messages = useRoomState((state) => state.messages)
  const happened = usePageState((state) => state.activity)
  const showsActivity = usePreference('activity')
  const lines = showsActivity ? happened : none
  const isChatOn = useRoomState((state) => state.room?.is_chat_enabled ?? true)
  const isBehind = useRoomState((state) => state.newerUntil !== null)
  const list = useRef<HTMLDivElement>(null)
  useKeptFocus(list, () => list.current)
  const older = useOlder()
  useChatScroll(list, {
    isShown,
    isAtEnd,
    oldest: messages.at(0)?.id ?? '',
    newest: `${messages.at(-1)?.id ?? ''} ${lines.at(-1)?.id ?? ''}`,
  })
  const scrolled = () => {
    const scroller = list.current
    if (scroller === null) return
    setAtEnd(isNearEnd(scroller) && !isBehind)
    if (isNearStart(scroller) && older.mayRead && messages.length > 0) void older.read()
  }
  const showEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight })
  const toEnd = () => {
    if (!isBehind) return showEnd()
    void older.toNewest(() => {
      setAtEnd(true)
      showEnd()
    })
  }

  return (
    <div className="chat">
      {/* In sight wherever the list is scrolled to. */}
      {older.failure === null ? null : (
        <p className="chat-note" role="alert">
          {older.failure.sentence}{' '}
          <button type="button" className="link-button" onClick={() => void older.failure?.again()}>
            {strings.tryAgain}
          </button>
        </p>
      )}
      <section
        className="messages"
        ref={list}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={strings.chat.label}
      >
        {older.isLoading ? <p className="chat-note">{strings.chat.loadingOlder}</p> : null}
        {messages.length === 0 ? (
          <p className="empty">{isChatOn ? strings.chat.empty : strings.chat.emptyOff}</p>
        ) : null}
        <Talk lines={lines} firstUnread={unread.firstId} />
      </section>
      {(unread.count > 0 || isBehind) && isShown ? (
        <button type="button" className="new-messages" onClick={toEnd}>
          {isBehind ? strings.chat.toNewest : strings.chat.newMessages(unread.count)}
        </button>
      ) : null}
      <Composer onSaid={toEnd} />
    </div>
  )
}
