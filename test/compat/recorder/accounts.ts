import { account, guest, joins, named, type Play } from './play.ts'

/** Accounts in every state: administrator, changed password, guest become account, signed out, deleted. */
export const accountsOfEveryKind = async (play: Play): Promise<void> => {
  const { stage, people, refused } = play
  const ada = await account(play, 'ada', 'Ada', 'ada@example.com')
  const { makeAdmin } = await import('../../../functions/table/users.ts')
  await makeAdmin(ada.id)

  const cleo = await account(play, 'cleo', 'Cleo', 'cleo@example.com')
  const { email = '', password = '' } = named(people, 'cleo')
  refused.other_token_of_cleo = (await stage.call('auth/login', { email, password })).access_token
  const changed = 'second password of cleo'
  await stage.call('auth/password', { current: password, new: changed }, cleo)
  people.cleo = { ...cleo, is_guest: false, email, password: changed }
  await stage.refused('auth/login', { email, password })

  const uma = await guest(play, 'uma', 'Uma')
  await joins(play, 'film', 'uma')
  const becomes = { email: 'uma@example.com', password: 'password of uma', display_name: 'Uma' }
  const { access_token } = await stage.call('auth/register', becomes, uma)
  people.uma = { ...uma, token: access_token, is_guest: false, email: becomes.email, password: becomes.password }
  await stage.refused('auth/register', becomes)
  await stage.call('auth/refresh', {}, people.uma)

  const dan = await account(play, 'dan', 'Dan', 'dan@example.com')
  await joins(play, 'film', 'dan')
  // The sweep that this starts ends before its first call: what it takes away is to be recorded.
  stage.runtime.faults.killInvocation = ({ function: name }) => name.startsWith('Sweep')
  await stage.call('auth/delete', {}, dan)
  refused.dan = dan.token
}

/** Calls that are refused for what they say. */
export const askWrongly = async ({ stage, people, rooms }: Play): Promise<void> => {
  const hana = named(people, 'hana')
  const film = { room_id: named(rooms, 'film').code }
  await stage.call('health', {})
  await stage.refused('auth/me', {})
  await stage.refused('auth/register', { email: 'x@example.com', password: 'long enough', display_name: 'X' }, hana)
  await stage.refused('auth/guest', { display_name: '' })
  await stage.refused('rooms/create', { is_private: true }, hana)
  await stage.refused('rooms/leave', film, hana)
  await stage.refused('rooms/kick', { ...film, user_id: 'nobody' }, hana)
  await stage.refused('rooms/approve', { ...film, user_id: 'nobody' }, hana)
  await stage.refused('rooms/detail', { code: film.room_id }, named(people, 'ada'))
}
