import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'

const AnnouncerContext = createContext<(text: string) => void>(() => {})

/** Says things to screen readers, politely and one after the other. */
export const useAnnounce = (): ((text: string) => void) => useContext(AnnouncerContext)

const KEPT = 5

export const AnnouncerProvider = ({ children }: { children: ReactNode }) => {
  const [said, setSaid] = useState<readonly { id: number; text: string }[]>([])
  const count = useRef(0)
  const announce = useCallback((text: string) => {
    count.current += 1
    const line = { id: count.current, text }
    setSaid((before) => [...before, line].slice(-KEPT))
  }, [])
  return (
    <AnnouncerContext value={announce}>
      {children}
      <div className="visually-hidden" role="log" aria-live="polite" aria-relevant="additions" data-announcer>
        {said.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
    </AnnouncerContext>
  )
}
