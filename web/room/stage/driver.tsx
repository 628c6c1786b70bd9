import { strings } from '../../strings/strings.ts'
import { useHostName, useMayDo } from '../room-context.tsx'
import { useDriverNames, useIsNobodyHere } from '../use-driver-names.ts'

/** Who plays and pauses, beside the controls; or that they are not here. */
export const Driver = () => {
  const mayCommand = useMayDo('command')
  const host = useHostName()
  const names = useDriverNames()
  const isNobody = useIsNobodyHere()
  const others = isNobody ? strings.controls.away(host) : strings.controls.drives(names)
  return <span className="driver">{mayCommand ? strings.controls.youDrive : others}</span>
}
