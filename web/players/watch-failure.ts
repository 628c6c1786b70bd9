import { isLoading } from './media-player.ts'

/** The libraries' own events, as far as they are read. */
type HlsError = { fatal: boolean; type: string }
type DashError = { error: { code: number } }
type HlsApi = {
  on: ((event: 'hlsError', heard: (name: string, error: HlsError) => void) => void) &
    ((event: 'hlsFragLoaded', heard: () => void) => void)
  recoverMediaError: () => void
  startLoad: () => void
}
type DashApi = {
  on: ((event: 'error', heard: (error: DashError) => void) => void) &
    ((event: 'fragmentLoadingCompleted', heard: (loaded: { error?: unknown }) => void) => void)
  isDynamic: () => boolean
}
type MediaElement = HTMLVideoElement & { api?: unknown }

const LOOK_EVERY_MS = 100
/** A seek to what is there stands still for a moment as well. */
const DRY_AFTER_MS = 500
/** hls.js stops loading where its own tries are over, and goes on where it is told to. */
const LOAD_AGAIN_EVERY_MS = 5_000
/** dash.js could not ask for the time: it goes on with the clock of the device. */
const DASH_TIME_UNKNOWN = 16

const isHls = (api: unknown): api is HlsApi => typeof api === 'object' && api !== null && 'recoverMediaError' in api
const isDash = (api: unknown): api is DashApi => typeof api === 'object' && api !== null && 'isDynamic' in api

/** What a library that loads by itself tells. */
type SupplyListeners = {
  /** It gets nothing more. What it has already can still be watched. */
  gaveUp: (loadAgain?: () => void) => void
  /** It gets something again. */
  goesOn: () => void
  /** What it has is no use. */
  broke: () => void
}

const hearHls = (api: HlsApi, { gaveUp, goesOn, broke }: SupplyListeners): void => {
  let hasRecovered = false
  api.on('hlsError', (_name, { fatal, type }) => {
    if (!fatal) return
    if (type === 'networkError') return gaveUp(() => api.startLoad())
    // Once: what the decoder choked on may have been one picture.
    if (type !== 'mediaError' || hasRecovered) return broke()
    hasRecovered = true
    api.recoverMediaError()
  })
  api.on('hlsFragLoaded', goesOn)
}

const hearDash = (api: DashApi, { gaveUp, goesOn }: SupplyListeners): void => {
  api.on('error', ({ error }) => error.code !== DASH_TIME_UNKNOWN && gaveUp())
  api.on('fragmentLoadingCompleted', ({ error }) => error === undefined && goesOn())
}

/** The library has given up; `drySince` is when the element began to stand still for want of it. */
type Loss = { drySince: number | null; loadedAt: number; loadAgain: (() => void) | undefined }

/** Calls `fail` only once there is nothing more to watch: minutes may lie in the buffer, and the host may be back by then. */
const watchSupply = (element: MediaElement, fail: () => void): { heard: SupplyListeners; look: () => void } => {
  let loss: Loss | null = null
  const heard: SupplyListeners = {
    gaveUp: (loadAgain) => {
      loss ??= { drySince: null, loadedAt: performance.now(), loadAgain }
    },
    goesOn: () => {
      loss = null
    },
    broke: fail,
  }
  const look = () => {
    if (loss === null) return
    const now = performance.now()
    loss.drySince = isLoading(element) ? (loss.drySince ?? now) : null
    if (loss.drySince !== null && now - loss.drySince >= DRY_AFTER_MS) {
      loss = null
      fail()
    } else if (now - loss.loadedAt >= LOAD_AGAIN_EVERY_MS) {
      loss.loadedAt = now
      loss.loadAgain?.()
    }
  }
  return { heard, look }
}

/** A library comes a moment after its element, and may fail in the moment after that. */
const onLibrary = (element: MediaElement, met: (api: unknown) => void): void => {
  let library = element.api
  met(library)
  Object.defineProperty(element, 'api', {
    configurable: true,
    get: () => library,
    set: (api) => {
      library = api
      met(api)
    },
  })
}

/**
 * Calls `fail` whenever the element's player gives up, until the function that it returns is called. HLS and DASH players
 * tell that in ways of their own.
 */
export const watchFailure = (element: MediaElement, fail: () => void): (() => void) => {
  const { heard, look } = watchSupply(element, fail)
  onLibrary(element, (api) => {
    if (isHls(api)) hearHls(api, heard)
    if (isDash(api)) hearDash(api, heard)
  })
  element.addEventListener('error', fail)
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    element.removeEventListener('error', fail)
  }
}
