import type { Stage } from '../staging/stage.ts'

/** A host and a member, both greeted. */
export const hostAndBo = async (stage: Stage, about: Parameters<Stage['room']>[0] = {}) => {
  const { code, host } = await stage.room(about)
  const bo = await stage.member(code, 'Bo')
  const hana = await stage.enter(code, host)
  const boSocket = await stage.enter(code, bo)
  await hana.next('USER_JOINED')
  await stage.settled()
  return { code, host, bo, hana, boSocket }
}
