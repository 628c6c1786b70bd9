import { type ReactNode, useRef, useState } from 'react'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { words } from '../strings/strings.ts'
import { useTellDone } from './done.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { useFocusPassedOn } from './use-focus-passed-on.ts'

type ActButtonProps = {
  label: string
  /** Where several buttons of one page have the same label. */
  name?: string
  look?: 'danger' | 'primary'
  title: string
  text: string
  act: () => Promise<unknown>
  /** What is said once it is done. */
  done: string
  onDone?: () => void
  /** What else there is to decide with it. */
  children?: ReactNode
}

/** Something that an administrator does: asked about first, and said when it is done. */
export const ActButton = ({
  label,
  name,
  look = 'danger',
  title,
  text,
  act,
  done,
  onDone,
  children,
}: ActButtonProps) => {
  const [isAsking, setAsking] = useState(false)
  const tell = useTellDone()
  const button = useRef<HTMLButtonElement>(null)
  useFocusPassedOn(button)
  const acting = useAction(async () => {
    await act()
    setAsking(false)
    tell(done)
    onDone?.()
  })
  const ask = () => {
    acting.clear()
    setAsking(true)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button compact ${look === 'danger' ? look : ''}`}
        aria-label={name}
        onClick={ask}
      >
        {label}
      </button>
      {isAsking ? (
        <ConfirmDialog
          title={title}
          text={text}
          submit={label}
          look={look}
          action={acting}
          instead={words.refusals}
          onClose={() => setAsking(false)}
        >
          {children}
          {acting.failure?.code === 'sign_in_again' ? <SignInAgain label={words.again.submit} /> : null}
        </ConfirmDialog>
      ) : null}
    </>
  )
}
