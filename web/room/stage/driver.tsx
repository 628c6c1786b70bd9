import { strings } from '../../strings/strings.ts'
import { useHostName, useIsHost, useIsHostAway } from '../room-context.tsx'

/** Who plays and pauses, beside the controls; or that they are not here. */
export const Driver = () => {
  const isHost = useIsHost()
  const host = useHostName()
  const isAway = useIsHostAway()
  const others = isAway ? strings.controls.away(host) : strings.controls.drives(host)
  return <span className="driver">{isHost ? strings.controls.youDrive : others}</span>
}
