/** Puts somebody into the table, as their registration would: only who has an account is admitted to rooms. */
export const putPerson = async (id: string, displayName = id): Promise<void> => {
  const { newPerson } = await import('../../functions/domain/session.ts')
  const { putGuest } = await import('../../functions/table/users.ts')
  const now = Date.now()
  await putGuest(newPerson(id, displayName, now), now)
}
