import type { RoomSocket } from '../staging/socket.ts'
import type { Stage } from '../staging/stage.ts'
import { hostAndBo } from './host-and-bo.ts'

/** A host, and somebody who never sends a PING and so cannot ask for what they lack. */
export const hostAndSilent = async (stage: Stage) => {
  const { code, host, hana, boSocket: silent } = await hostAndBo(stage)
  return { code, host, hana, silent }
}

/** A minute later, somebody's PING makes the room be looked at. */
export const lookAtRoom = async (stage: Stage, hana: RoomSocket) => {
  stage.elapse(61_000)
  hana.send({ type: 'PING', t0: 1 })
  await hana.next('PONG')
  await stage.settled()
}
