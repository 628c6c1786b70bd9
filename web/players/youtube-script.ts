const SCRIPT = 'https://www.youtube.com/iframe_api'

type Globals = { YT?: { Player?: unknown }; onYouTubeIframeAPIReady?: () => void }

let loading: Promise<void> | undefined

/**
 * Loads the script that YouTube's element talks through, so that one that is blocked is known at once: the element itself
 * would wait for it for ever. Asked again after a failure it tries again.
 */
export const loadYoutubeScript = (): Promise<void> => {
  const globals = globalThis as Globals
  if (globals.YT?.Player !== undefined) return Promise.resolve()
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    globals.onYouTubeIframeAPIReady = resolve
    script.src = SCRIPT
    script.onerror = () => {
      loading = undefined
      script.remove()
      reject(new Error('The script of YouTube was not loaded.'))
    }
    document.head.append(script)
  })
  return loading
}
