import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react'
import { type Account, type AccountStore, createAccountStore } from './account-store.ts'

const AccountContext = createContext<AccountStore | null>(null)

export const AccountProvider = ({ children }: { children: ReactNode }) => {
  const [store] = useState(createAccountStore)
  return <AccountContext value={store}>{children}</AccountContext>
}

/** Who is signed in, and what the page can do as them. */
export const useAccount = (): Account & Omit<AccountStore, 'get' | 'subscribe'> => {
  const store = useContext(AccountContext)
  if (store === null) throw new Error('useAccount needs an AccountProvider above it.')
  const account = useSyncExternalStore(store.subscribe, store.get)
  const { call, enter, rename, signOut, expire } = store
  return { ...account, call, enter, rename, signOut, expire }
}
