import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Icon } from '../parts/icon.tsx'
import { strings } from '../strings/strings.ts'
import { Chat } from './chat/chat.tsx'
import { useUnread } from './chat/use-unread.ts'
import { JoinRequests } from './people/join-requests.tsx'
import { PeopleList } from './people/people-list.tsx'
import { UndoNote } from './people/undo-note.tsx'
import { useRoomState } from './room-context.tsx'
import { type Tab, useRoomView } from './room-view.tsx'
import { useQuiet } from './use-quiet.ts'

const tabs: readonly Tab[] = ['chat', 'people']

export const Panel = () => {
  const { tab: chosen, showTab, isFolded, fold, isCinema } = useRoomView()
  // Over the film there is room for the chat only.
  const tab = isCinema ? 'chat' : chosen
  const isChatShown = tab === 'chat' && !isFolded
  const [isAtEnd, setAtEnd] = useState(true)
  const unread = useUnread(isChatShown && isAtEnd)
  const viewers = useRoomState((state) => state.people.viewers)
  const newestId = useRoomState((state) => state.messages.at(-1)?.id ?? '')
  const isQuiet = useQuiet(newestId, isCinema)
  const buttons = useRef<Partial<Record<Tab, HTMLButtonElement | null>>>({})
  const opener = useRef<HTMLButtonElement>(null)

  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const other = tab === 'chat' ? 'people' : 'chat'
    showTab(other)
    buttons.current[other]?.focus()
  }
  /** The focus goes to what takes the place of the button that had it. */
  const foldAway = () => {
    flushSync(() => fold(true))
    opener.current?.focus()
  }
  const unfold = () => {
    flushSync(() => fold(false))
    buttons.current[tab]?.focus()
  }
  const tabProps = (name: Tab) => ({
    ref: (button: HTMLButtonElement | null) => {
      buttons.current[name] = button
    },
    type: 'button' as const,
    role: 'tab',
    id: `tab-${name}`,
    'aria-selected': tab === name,
    'aria-controls': `panel-${name}`,
    tabIndex: tab === name ? 0 : -1,
    className: 'tab',
    onClick: () => showTab(name),
    onKeyDown: move,
  })
  const unfoldLabel = [strings.panel.unfold, ...(unread.count > 0 ? [strings.panel.unread(unread.count)] : [])].join(
    ', ',
  )
  const unreadBadge = unread.count > 0 ? <span className="badge">{strings.panel.unread(unread.count)}</span> : null

  return (
    <>
      <aside className="panel" aria-label={strings.panel.label} hidden={isFolded} data-quiet={isQuiet}>
        <div className="panel-head">
          <div className="tabs" role="tablist" aria-label={strings.panel.label}>
            <button {...tabProps('chat')}>
              <Icon name="chat" />
              {strings.panel.chat}
              {unreadBadge}
            </button>
            <button {...tabProps('people')}>
              <Icon name="people" />
              {strings.panel.people}
              {viewers > 0 ? <span className="tab-count">{viewers}</span> : null}
            </button>
          </div>
          <button type="button" className="icon-button" aria-label={strings.panel.fold} onClick={foldAway}>
            <Icon name="fold" />
          </button>
        </div>
        <JoinRequests />
        <UndoNote />
        {tabs.map((name) => (
          <div
            key={name}
            role="tabpanel"
            id={`panel-${name}`}
            aria-labelledby={`tab-${name}`}
            className="tab-panel"
            hidden={tab !== name}
          >
            {name === 'chat' ? (
              <Chat isShown={isChatShown} unread={unread} isAtEnd={isAtEnd} setAtEnd={setAtEnd} />
            ) : tab === 'people' ? (
              <PeopleList />
            ) : null}
          </div>
        ))}
      </aside>
      {isFolded ? (
        <button ref={opener} type="button" className="panel-opener" aria-label={unfoldLabel} onClick={unfold}>
          <Icon name="chat" />
          {unreadBadge}
        </button>
      ) : null}
    </>
  )
}
