import { locale } from '../../strings/strings.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Day and time, as the person writes them. */
export const dayAndTime = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(at)

export const clockTime = (at: number): string => new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(at)

/** How long ago that is, in the largest unit that fits. */
export const ago = (at: number): string => {
  const passed = Math.max(0, Date.now() - at)
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  if (passed < MINUTE_MS) return relative.format(-Math.round(passed / 1000), 'second')
  if (passed < HOUR_MS) return relative.format(-Math.round(passed / MINUTE_MS), 'minute')
  if (passed < 2 * DAY_MS) return relative.format(-Math.round(passed / HOUR_MS), 'hour')
  return relative.format(-Math.round(passed / DAY_MS), 'day')
}

export const Moment = ({ at }: { at: number }) => <time dateTime={new Date(at).toISOString()}>{dayAndTime(at)}</time>
