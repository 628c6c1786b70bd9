import { formatTitle } from '../players/shown-title.ts'
import { useRoomState } from './room-context.tsx'

/** What the room watches, by its title or the name of its file; empty where nobody knows. */
export const useNowPlaying = (): string => useRoomState(({ media }) => (media === null ? '' : formatTitle(media)))

/** Below the room's name, in one line. */
export const NowPlaying = () => {
  const title = useNowPlaying()
  return title === '' ? null : (
    <p className="now-playing" dir="auto" title={title}>
      {title}
    </p>
  )
}
