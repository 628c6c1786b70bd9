import { putPerson } from './person.ts'
import type { Stage } from './stage.ts'

/** Makes somebody a member, or lets them wait, as their joining would. */
export const putMember = async (
  stage: Stage,
  code: string,
  { id, name, status = 'APPROVED' }: { id: string; name: string; status?: 'APPROVED' | 'PENDING' },
): Promise<void> => {
  const { admit } = await import('../../functions/table/members.ts')
  await putPerson(id, name)
  const entering = { user_id: id, name, display_name: name, is_guest: true, hosting_since: null, traces: {} }
  await admit(code, undefined, { ...entering, status }, stage.services.clock())
}

/** More members than a page has. */
export const fillRoom = async (stage: Stage, code: string): Promise<void> => {
  for (let nth = 0; nth < 129; nth += 1)
    await putMember(stage, code, { id: `member-${code}-${nth}`, name: `Member ${nth}` })
}

/** An id that sorts after those of all other members. */
export const lastId = (code: string): string => `zz-${code}`
