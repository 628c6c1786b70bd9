/** Puts somebody into the table, as their registration would: only who has an account is admitted to rooms. */
export const putPerson = async (id: string, display_name = id): Promise<void> => {
  const { putGuest } = await import('../../functions/table/users.ts')
  const nothing = { email: null, password_hash: null, spared_token: null }
  const now = Date.now()
  await putGuest({ id, display_name, is_guest: true, ...nothing, generation: 0, is_admin: false, created_at: now }, now)
}
