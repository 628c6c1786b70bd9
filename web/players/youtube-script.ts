const SCRIPT = 'https://www.youtube.com/iframe_api'
/** The script loads a second one from here, and is ready when that is. */
const SECOND_HALF = 'https://www.youtube.com/s/'
/** A script that hangs is given up before the person gives up the page. */
const PATIENCE_MS = 10_000

type Globals = { YT?: { Player?: unknown }; onYouTubeIframeAPIReady?: () => void }

let loading: Promise<void> | undefined

/** Resolves when both halves are there. Rejects where either is blocked, or has not come for long. */
const addScript = (globals: Globals): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    const stopWaiting = () => {
      clearTimeout(timer)
      removeEventListener('error', hearError, true)
    }
    const fail = () => {
      stopWaiting()
      script.remove()
      // What the first half has left behind would keep another try from loading the second.
      delete globals.YT
      reject(new Error('The script of YouTube was not loaded.'))
    }
    const hearError = ({ target }: Event) => {
      if (target === script || (target instanceof HTMLScriptElement && target.src.startsWith(SECOND_HALF))) fail()
    }
    const timer = setTimeout(fail, PATIENCE_MS)
    // Errors of scripts do not bubble: they are heard on the way down.
    addEventListener('error', hearError, true)
    globals.onYouTubeIframeAPIReady = () => {
      stopWaiting()
      resolve()
    }
    script.src = SCRIPT
    document.head.append(script)
  })

/**
 * Loads the script that YouTube's element talks through. So a blocked script is known at once, where the element itself
 * would wait for ever. Asked again after a failure it tries again.
 */
export const loadYoutubeScript = (): Promise<void> => {
  const globals = globalThis as Globals
  if (globals.YT?.Player !== undefined) return Promise.resolve()
  loading ??= addScript(globals).finally(() => {
    loading = undefined
  })
  return loading
}
