import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { sentenceFor } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { usePageState } from '../page-state.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import { usePreference } from '../settings/preferences.ts'
import { type ActivityLine, chatEntries } from './activity.ts'
import { ActivityRow } from './activity-row.tsx'
import { Composer } from './composer.tsx'
import { MessageRow } from './message-row.tsx'
import type { Unread } from './use-unread.ts'

type ChatProps = { isShown: boolean; unread: Unread; isAtEnd: boolean; setAtEnd: (isAtEnd: boolean) => void }

const none: readonly ActivityLine[] = []

/** This near to an end of the list counts as being there, in pixels. */
const NEAR = 60

export const Chat = ({ isShown, unread, isAtEnd, setAtEnd }: ChatProps) => {
  const { session } = useRoom()
  const messages = useRoomState((state) => state.messages)
  const happened = usePageState((state) => state.activity)
  const showsActivity = usePreference('activity')
  const lines = showsActivity ? happened : none
  const isChatOn = useRoomState((state) => state.room?.is_chat_enabled ?? true)
  const list = useRef<HTMLDivElement>(null)
  const [older, setOlder] = useState<'maybe' | 'loading' | 'none'>('maybe')
  const [failure, setFailure] = useState<string | null>(null)
  const shown = useRef({ oldest: '', newest: '', height: 0 })

  // Where older messages come in above, what was read stays where it was; at the end, the end stays in sight.
  useLayoutEffect(() => {
    const scroller = list.current
    if (scroller === null || !isShown) return
    const before = shown.current
    const oldest = messages.at(0)?.id ?? ''
    const newest = `${messages.at(-1)?.id ?? ''} ${lines.at(-1)?.id ?? ''}`
    if (isAtEnd && (newest !== before.newest || before.height === 0)) scroller.scrollTop = scroller.scrollHeight
    else if (before.oldest !== '' && oldest < before.oldest) scroller.scrollTop += scroller.scrollHeight - before.height
    shown.current = { oldest, newest, height: scroller.scrollHeight }
  })
  useLayoutEffect(() => {
    if (isShown && isAtEnd) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [isShown, isAtEnd])

  // The box changes with the keyboard of a phone, its rotation, and the field below: who was at the end stays there.
  const staysAtEnd = useRef(isAtEnd)
  staysAtEnd.current = isAtEnd
  useEffect(() => {
    const scroller = list.current
    if (scroller === null) return
    const observer = new ResizeObserver(() => {
      if (staysAtEnd.current) scroller.scrollTop = scroller.scrollHeight
    })
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [])

  const readOlder = async () => {
    setOlder('loading')
    setFailure(null)
    try {
      setOlder((await session.readOlder()) ? 'maybe' : 'none')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(sentenceFor(error))
      setOlder('maybe')
    }
  }
  const scrolled = () => {
    const scroller = list.current
    if (scroller === null) return
    setAtEnd(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR)
    if (scroller.scrollTop < NEAR && older === 'maybe' && failure === null && messages.length > 0) void readOlder()
  }
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight })

  return (
    <div className="chat">
      <section
        className="messages"
        ref={list}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={strings.chat.label}
      >
        {older === 'loading' ? <p className="chat-note">{strings.chat.loadingOlder}</p> : null}
        {failure === null ? null : (
          <p className="chat-note">
            {failure}{' '}
            <button type="button" className="link-button" onClick={() => void readOlder()}>
              {strings.tryAgain}
            </button>
          </p>
        )}
        {messages.length === 0 ? (
          <p className="empty">{isChatOn ? strings.chat.empty : strings.chat.emptyOff}</p>
        ) : null}
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
                isFirstUnread={entry.message.id === unread.firstId}
              />
            ),
          )}
        </ol>
      </section>
      {unread.count > 0 && isShown ? (
        <button type="button" className="new-messages" onClick={toEnd}>
          {strings.chat.newMessages(unread.count)}
        </button>
      ) : null}
      <Composer onSaid={toEnd} />
    </div>
  )
}
