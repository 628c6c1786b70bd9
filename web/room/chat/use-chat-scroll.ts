import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/** This near to an end of the list counts as being there, in pixels. */
const NEAR = 60

type ChatScroll = {
  isShown: boolean
  isAtEnd: boolean
  /** Ids of what stands first and last in the list. */
  oldest: string
  newest: string
}

export const isNearStart = (scroller: HTMLElement): boolean => scroller.scrollTop < NEAR
export const isNearEnd = (scroller: HTMLElement): boolean =>
  scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR

/** What was drawn last: the ends of the list, its height, and where its first row was. */
type Shown = { oldest: string; newest: string; height: number; row: HTMLElement | null; top: number }

/** By how much older messages above have moved the rest. The height alone does not tell: newer ones may have gone below. */
const movedBy = ({ row, top, height }: Shown, scroller: HTMLElement): number =>
  row?.isConnected === true ? row.offsetTop - top : scroller.scrollHeight - height

/** Keeps in sight what is read: the end while somebody is there, and the same messages while older ones come in above. */
export const useChatScroll = (
  list: RefObject<HTMLElement | null>,
  { isShown, isAtEnd, oldest, newest }: ChatScroll,
): void => {
  const shown = useRef<Shown>({ oldest: '', newest: '', height: 0, row: null, top: 0 })
  useLayoutEffect(() => {
    const scroller = list.current
    if (scroller === null || !isShown) return
    const before = shown.current
    if (isAtEnd && (newest !== before.newest || before.height === 0)) scroller.scrollTop = scroller.scrollHeight
    else if (before.oldest !== '' && oldest < before.oldest) scroller.scrollTop += movedBy(before, scroller)
    const row = scroller.querySelector<HTMLElement>('.message-list > *')
    shown.current = { oldest, newest, height: scroller.scrollHeight, row, top: row?.offsetTop ?? 0 }
  })
  useLayoutEffect(() => {
    if (isShown && isAtEnd) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [list, isShown, isAtEnd])

  // The box changes with a phone's keyboard, its rotation, and the field below.
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
  }, [list])
}
