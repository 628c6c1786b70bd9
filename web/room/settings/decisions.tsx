import { useState } from 'react'
import type { ShownDecision } from '../../../protocol/http/audit.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { decisionSentence } from '../../parts/decision-sentence.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { ActionFailure, LoadFailure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useAnswer } from '../../parts/use-answer.ts'
import { locale, strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** The way to what was decided in the room, out of its settings. */
export const Decisions = () => {
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {strings.audit.open}
      </button>
      {isOpen ? <DecisionsDialog onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

const DecisionsDialog = ({ onClose }: { onClose: () => void }) => {
  const { code } = useRoom()
  const newest = useAnswer('rooms/audit', { room_id: code })
  return (
    <Dialog title={strings.audit.open} onClose={onClose}>
      <p className="field-note">{strings.audit.note}</p>
      {newest.status === 'loading' ? <Loading /> : null}
      {newest.status === 'failed' ? <LoadFailure error={newest.error} retry={newest.retry} /> : null}
      {newest.status === 'ready' ? <DecisionList {...newest.answer} /> : null}
    </Dialog>
  )
}

/** The page that it is given, and the earlier ones as they are asked for. */
const DecisionList = ({ entries, next }: { entries: readonly ShownDecision[]; next: string | null }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const [shown, setShown] = useState({ entries, next })
  const older = useAction(async () => {
    if (shown.next === null) return
    const page = await call('rooms/audit', { room_id: code, cursor: shown.next })
    setShown({ entries: [...shown.entries, ...page.entries], next: page.next })
  })
  if (shown.entries.length === 0 && shown.next === null) return <p className="empty">{strings.audit.empty}</p>
  return (
    <>
      <ul className="decisions">
        {shown.entries.map((decision) => (
          <DecisionRow key={decision.id} decision={decision} />
        ))}
      </ul>
      <ActionFailure error={older.failure} />
      {shown.next === null ? null : (
        <button type="button" className="button" aria-busy={older.isRunning} onClick={() => void older.run()}>
          {strings.audit.older}
        </button>
      )}
    </>
  )
}

const clock = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

const DecisionRow = ({ decision }: { decision: ShownDecision }) => {
  const { at, outcome } = decision
  const when = new Date(at)
  const isToday = when.toDateString() === new Date().toDateString()
  return (
    <li>
      <p>
        {decisionSentence(decision)}
        {' · '}
        <time dateTime={when.toISOString()}>{(isToday ? clock : date).format(when)}</time>
      </p>
      {outcome === 'done' ? null : <p className="field-note">{strings.audit[outcome]}</p>}
    </li>
  )
}
