import { type KeyboardEvent, useRef, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { strings } from '../strings/strings.ts'
import { Chat } from './chat.tsx'
import { JoinRequests } from './join-requests.tsx'
import { PeopleList } from './people-list.tsx'
import { useRoomState } from './room-context.tsx'
import { useUnread } from './use-unread.ts'

type Tab = 'chat' | 'people'
const tabs: readonly Tab[] = ['chat', 'people']

export const Panel = () => {
  const [tab, setTab] = useState<Tab>('chat')
  const [isAtEnd, setAtEnd] = useState(true)
  const unread = useUnread(tab === 'chat' && isAtEnd)
  const viewers = useRoomState((state) => state.people.viewers)
  const buttons = useRef<Partial<Record<Tab, HTMLButtonElement | null>>>({})

  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const other = tab === 'chat' ? 'people' : 'chat'
    setTab(other)
    buttons.current[other]?.focus()
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
    onClick: () => setTab(name),
    onKeyDown: move,
  })

  return (
    <aside className="panel" aria-label={strings.panel.label}>
      <div className="tabs" role="tablist" aria-label={strings.panel.label}>
        <button {...tabProps('chat')}>
          <Icon name="chat" />
          {strings.panel.chat}
          {unread.count > 0 ? <span className="badge">{strings.panel.unread(unread.count)}</span> : null}
        </button>
        <button {...tabProps('people')}>
          <Icon name="people" />
          {strings.panel.people}
          {viewers > 0 ? <span className="tab-count">{viewers}</span> : null}
        </button>
      </div>
      <JoinRequests />
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
            <Chat isShown={tab === 'chat'} unread={unread} isAtEnd={isAtEnd} setAtEnd={setAtEnd} />
          ) : tab === 'people' ? (
            <PeopleList />
          ) : null}
        </div>
      ))}
    </aside>
  )
}
