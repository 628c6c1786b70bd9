import { useEffect, useRef } from 'react'
import { ApiError } from '../../../client/index.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { usePageState, usePageStore } from '../page-state.tsx'
import { useMayDo, useRoom } from '../room-context.tsx'
import { useKeptFocus } from '../use-kept-focus.ts'

/** The list of people offers it for longer. */
const SHOWN_FOR_MS = 30_000

/** Whom this person removed or declined just now, and the way to take it back. */
export const UndoNote = () => (useMayDo('moderate') ? <Note /> : null)

/** Who asked again, was let in or has waited it out meanwhile needs no undoing. */
const passOverGone = (error: unknown): void => {
  if (!(error instanceof ApiError && error.code === 'member_not_found')) throw error
}

const Note = () => {
  const { call } = useAccount()
  const { code, session } = useRoom()
  const store = usePageStore()
  const undoable = usePageState((state) => state.undoable)
  const forget = () => store.update((state) => (state.undoable === undoable ? { ...state, undoable: null } : state))
  // Who is asked back already: asked again after a failure, it goes on where it stopped.
  const askedBack = useRef(new Set<string>())
  const undo = useAction(async () => {
    const done = askedBack.current
    for (const { id } of undoable?.people ?? []) {
      if (done.has(id)) continue
      await call('rooms/unban', { room_id: code, user_id: id }).catch(passOverGone)
      done.add(id)
    }
    forget()
    session.refreshMembers()
  })
  const { clear } = undo
  useEffect(() => {
    clear()
    askedBack.current = new Set()
    if (undoable === null) return
    const timer = setTimeout(
      () => store.update((state) => (state.undoable === undoable ? { ...state, undoable: null } : state)),
      SHOWN_FOR_MS,
    )
    return () => clearTimeout(timer)
  }, [undoable, store, clear])
  const note = useRef<HTMLDivElement>(null)
  useKeptFocus(note)
  const [first] = undoable?.people ?? []
  return (
    <div ref={note} className="undo-note" role="status" hidden={first === undefined}>
      {undoable === null || first === undefined ? null : (
        <>
          <p className="undo-text">
            {undoable.people.length > 1
              ? strings.undo.several(undoable.people.length)
              : strings.undo[undoable.how](first.name)}
          </p>
          <button type="button" className="button compact" aria-busy={undo.isRunning} onClick={() => void undo.run()}>
            {strings.undo.submit}
          </button>
          <button type="button" className="icon-button" aria-label={strings.close} onClick={forget}>
            <Icon name="close" />
          </button>
          <ActionFailure error={undo.failure} />
        </>
      )}
    </div>
  )
}
