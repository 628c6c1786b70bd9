export const HOUR_SECONDS = 3600
export const DAY_SECONDS = 24 * HOUR_SECONDS
export const HOUR_MS = HOUR_SECONDS * 1000
export const DAY_MS = DAY_SECONDS * 1000

/** How long a refusal asks to wait (`retry_after`): whole seconds, one at least. */
export const secondsToWait = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000))
