import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}

export const useIsFullscreen = (): boolean => useSyncExternalStore(subscribe, () => document.fullscreenElement !== null)

/** The whole stage, so that our controls come along; on an iPhone only a video itself can. */
export const toggleFullscreen = (stage: HTMLElement | null, element: HTMLVideoElement | null): void => {
  const refused = () => {}
  if (document.fullscreenElement !== null) void document.exitFullscreen().catch(refused)
  else if (stage !== null && 'requestFullscreen' in stage) void stage.requestFullscreen().catch(refused)
  else if (
    element !== null &&
    'webkitEnterFullscreen' in element &&
    typeof element.webkitEnterFullscreen === 'function'
  )
    element.webkitEnterFullscreen()
}
