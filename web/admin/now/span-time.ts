import { useMemo } from 'react'
import { locale } from '../../strings/strings.ts'
import type { Period } from './use-now.ts'

const shown: Record<Period, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { hour: '2-digit', minute: '2-digit' },
  month: { day: 'numeric', month: 'short' },
}

/** When a span began, as short as the period allows. */
export const useSpanTime = (period: Period): ((from: number) => string) =>
  useMemo(() => {
    const format = new Intl.DateTimeFormat(locale(), shown[period])
    return (from) => format.format(from)
  }, [period])
