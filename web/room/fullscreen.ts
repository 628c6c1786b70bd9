import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}

export const useIsFullscreen = (): boolean => useSyncExternalStore(subscribe, () => document.fullscreenElement !== null)

/** The whole room, so that controls and chat come along; on an iPhone only a video itself can. */
export const toggleFullscreen = (stage: HTMLElement | null, element: HTMLVideoElement | null): void => {
  const room = stage?.closest('.room') ?? null
  const refused = () => {}
  if (document.fullscreenElement !== null) void document.exitFullscreen().catch(refused)
  else if (room !== null && 'requestFullscreen' in room) void room.requestFullscreen().catch(refused)
  else if (
    element !== null &&
    'webkitEnterFullscreen' in element &&
    typeof element.webkitEnterFullscreen === 'function'
  )
    element.webkitEnterFullscreen()
}
