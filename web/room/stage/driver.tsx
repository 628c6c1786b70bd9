import { strings } from '../../strings/strings.ts'
import { useHostName, useIsHostAway, useMayDo } from '../room-context.tsx'

/** Who plays and pauses, beside the controls; or that they are not here. */
export const Driver = () => {
  const mayCommand = useMayDo('command')
  const host = useHostName()
  const isAway = useIsHostAway()
  const others = isAway ? strings.controls.away(host) : strings.controls.drives(host)
  return <span className="driver">{mayCommand ? strings.controls.youDrive : others}</span>
}
