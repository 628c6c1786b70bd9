/** The libraries' own errors, as far as they are read. */
type HlsError = { fatal: boolean; type: string }
type DashError = { error: { code: number } }
type HlsApi = {
  on: (event: 'hlsError', heard: (name: string, error: HlsError) => void) => void
  recoverMediaError: () => void
}
type DashApi = { on: (event: 'error', heard: (error: DashError) => void) => void; isDynamic: () => boolean }

const LOOK_EVERY_MS = 100
/** dash.js could not ask for the time: it goes on with the clock of the device. */
const DASH_TIME_UNKNOWN = 16

const isHls = (api: unknown): api is HlsApi => typeof api === 'object' && api !== null && 'recoverMediaError' in api
const isDash = (api: unknown): api is DashApi => typeof api === 'object' && api !== null && 'isDynamic' in api

const hearHls = (api: HlsApi, fail: () => void): void => {
  let hasRecovered = false
  api.on('hlsError', (_name, { fatal, type }) => {
    if (!fatal) return
    // Once: what the decoder choked on may have been one picture.
    if (type !== 'mediaError' || hasRecovered) return fail()
    hasRecovered = true
    api.recoverMediaError()
  })
}

/**
 * Calls `fail` whenever the element's player gives up, until the function that it returns is called. HLS and DASH players
 * tell that in ways of their own, and not before they exist: they come a moment after their element.
 */
export const watchFailure = (element: HTMLVideoElement & { api?: unknown }, fail: () => void): (() => void) => {
  element.addEventListener('error', fail)
  const look = () => {
    const { api } = element
    if (isHls(api)) hearHls(api, fail)
    else if (isDash(api)) api.on('error', ({ error }) => error.code !== DASH_TIME_UNKNOWN && fail())
    else return
    clearInterval(timer)
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  look()
  return () => {
    clearInterval(timer)
    element.removeEventListener('error', fail)
  }
}
