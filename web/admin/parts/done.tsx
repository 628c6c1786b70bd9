import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useLocation } from 'wouter'

const DoneContext = createContext<((sentence: string) => void) | null>(null)

/** One place that says what was done, until the person goes elsewhere. */
export const DoneNote = ({ children }: { children: ReactNode }) => {
  const [path] = useLocation()
  const [done, setDone] = useState<{ sentence: string; path: string } | null>(null)
  const tell = useMemo(() => (sentence: string) => setDone({ sentence, path }), [path])
  return (
    <DoneContext value={tell}>
      <p className="admin-done" role="status">
        {done?.path === path ? done.sentence : null}
      </p>
      {children}
    </DoneContext>
  )
}

/** Says on this page that something was done. */
export const useTellDone = (): ((sentence: string) => void) => {
  const tell = useContext(DoneContext)
  if (tell === null) throw new Error('useTellDone needs a DoneNote above it.')
  return tell
}
