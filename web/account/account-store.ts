import { type Api, ApiError, createApi } from '../../client/index.ts'
import { createStore, type WritableStore } from '../../client/store.ts'
import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'
import { KEPT_AS, type KeptAccount, keepAccount, readKeptAccount } from './kept-account.ts'

export type Person = Omit<KeptAccount, 'token'>

/** `api` stays the same object for as long as the same person is signed in. */
export type Account = { person: Person | null; api: Api; hasExpired: boolean }

export type AccountStore = {
  get: () => Account
  subscribe: (listener: () => void) => () => void
  /**
   * Any call. A token that is refused signs the person out here, and pages lead to signing in. What `auth/me` says of the
   * person holds here from then on: the answer that told it first may have been lost.
   */
  call: <N extends RouteName>(name: N, request: SentOf<N>) => Promise<AnswerOf<N>>
  enter: (name: 'auth/guest' | 'auth/login' | 'auth/register', request: object) => Promise<void>
  /** Another name, in every room; resolves with the name as it is kept. */
  rename: (name: string) => Promise<string>
  /** Signs out whoever speaks by `as`, and nobody who has signed in since. */
  signOut: (as: Api) => Promise<void>
  /**
   * The server no longer takes the token of `refused`. Signed out by that, unless somebody else is signed in by now, or
   * another tab keeps another token: then this one goes on with it, and the answer is false.
   */
  expire: (refused: Api) => boolean
}

const personOf = (kept: KeptAccount | null): Person | null =>
  kept === null ? null : { id: kept.id, name: kept.name, isGuest: kept.isGuest }

const isSamePerson = (one: Person | null, other: Person | null): boolean =>
  one?.id === other?.id && one?.name === other?.name && one?.isGuest === other?.isGuest

/** An API that speaks for whoever is kept. It shares their token with other tabs, while `isCurrent` says that it is in use. */
const apiFor = (kept: KeptAccount | null, isCurrent: (api: Api) => boolean): Api => {
  // Another tab may be signed in as somebody else by now.
  const keptNow = () => {
    const now = readKeptAccount()
    return now !== null && now.id === kept?.id && isCurrent(api) ? now : undefined
  }
  const api: Api = createApi({
    origin: location.origin,
    ...(kept === null ? {} : { token: kept.token }),
    // A renewed token; a first one is kept together with its person by `enter`.
    onToken: (token) => {
      const now = keptNow()
      if (token !== undefined && now !== undefined) keepAccount({ ...now, token })
    },
    keptToken: () => keptNow()?.token,
  })
  return api
}

/** Whether `api` is still whose page this is. Another tab may have signed in as somebody else, unheard of here. */
const isStill = (api: Api, { api: current, person }: Account): boolean =>
  api === current && (readKeptAccount() ?? person)?.id === person?.id

/** A server out of reach only keeps the token alive until it ends by itself: whoever signs out is signed out here. */
const endToken = async (api: Api): Promise<void> => {
  try {
    await api.call('auth/logout', {})
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}

const personIn = ({ id, display_name, is_guest }: AnswerOf<'auth/me'>): Person => ({
  id,
  name: display_name,
  isGuest: is_guest,
})

/**
 * The account that asked, once the server has said who it is of; the same where that was known, or another tab keeps
 * somebody else.
 */
const learned = (account: Account, answer: AnswerOf<'auth/me'>): Account => {
  const person = personIn(answer)
  const kept = readKeptAccount()
  if (account.person?.id !== person.id || kept?.id !== person.id || isSamePerson(account.person, person)) return account
  keepAccount({ ...kept, ...person })
  return { ...account, person }
}

/** Whether a guest was refused who is an account already: they registered, and the answer was lost. */
const hasRegistered = async (
  error: unknown,
  guest: Person | null,
  { get, call }: Pick<AccountStore, 'get' | 'call'>,
): Promise<boolean> => {
  if (guest?.isGuest !== true || !(error instanceof ApiError && error.code === 'already_registered')) return false
  try {
    await call('auth/me', {})
  } catch (failure) {
    // A look that fails tells nothing new.
    if (!(failure instanceof ApiError)) throw failure
  }
  const { person } = get()
  return person?.id === guest.id && !person.isGuest
}

/** Another tab signed in, out, became an account, or changed the name. */
const followOtherTabs = (store: WritableStore<Account>, accountOf: (kept: KeptAccount | null) => Account): void =>
  addEventListener('storage', (event) => {
    if (event.key !== KEPT_AS && event.key !== null) return
    const kept = readKeptAccount()
    store.update((now) => {
      if (kept?.id !== now.person?.id) return accountOf(kept)
      return isSamePerson(personOf(kept), now.person) ? now : { ...now, person: personOf(kept) }
    })
  })

export const createAccountStore = (): AccountStore => {
  const accountOf = (kept: KeptAccount | null, hasExpired = false): Account => ({
    person: personOf(kept),
    api: apiFor(kept, (api) => api === store.get().api),
    hasExpired,
  })

  const store = createStore(accountOf(readKeptAccount()))
  const become = (next: Account) => store.update(() => next)

  followOtherTabs(store, accountOf)

  const expire: AccountStore['expire'] = (refused) => {
    if (refused !== store.get().api) return false
    const kept = readKeptAccount()
    // Only the token that was refused is thrown away, never one that another tab has kept since.
    const isOther = kept !== null && kept.token !== refused.token()
    if (!isOther) keepAccount(null)
    become(isOther ? accountOf(kept) : accountOf(null, true))
    return !isOther
  }

  const adopt = (answer: AnswerOf<'auth/guest'>) => {
    const person = personIn(answer)
    keepAccount({ token: answer.access_token, ...person })
    become(
      store.get().person?.id === person.id
        ? { ...store.get(), person, hasExpired: false }
        : accountOf(readKeptAccount()),
    )
  }

  const call: AccountStore['call'] = async (name, request) => {
    const asked = store.get()
    try {
      const answer = await asked.api.call(name, request)
      if (name === 'auth/me' && store.get() === asked) become(learned(asked, answer as AnswerOf<'auth/me'>))
      return answer
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthorized') expire(asked.api)
      throw error
    }
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    call,
    // The names of the three routes differ in what they ask, and agree in what they answer.
    enter: async (name, request) => {
      const { api: asked, person } = store.get()
      try {
        const answer = await asked.call(name, request as SentOf<typeof name>)
        // A guest's name that is answered late takes the place of nobody: their identity would be gone.
        if (name !== 'auth/guest' || isStill(asked, store.get())) adopt(answer)
      } catch (error) {
        if (!(await hasRegistered(error, person, { get: store.get, call }))) throw error
      }
    },
    rename: async (name) => {
      const asked = store.get().api
      const answer = await call('auth/name', { display_name: name })
      if (isStill(asked, store.get())) adopt(answer)
      return answer.display_name
    },
    signOut: async (as) => {
      await endToken(as)
      if (!isStill(as, store.get())) return
      keepAccount(null)
      become(accountOf(null))
    },
    expire,
  }
}
