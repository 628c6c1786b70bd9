import { useAccount } from '../account/account-provider.tsx'
import { type Action, useAction } from '../parts/use-action.ts'
import { usePageStore } from './page-state.tsx'
import { useRoom } from './room-context.tsx'

/** Takes the offer of the room back. Its end is then nothing that the host has to be told. */
export const useTakingBack = (): Action<[]> => {
  const { call } = useAccount()
  const { code, person } = useRoom()
  const page = usePageStore()
  return useAction(async () => {
    const note = (isOfferTakenBack: boolean) => page.update((state) => ({ ...state, isOfferTakenBack }))
    note(true)
    try {
      await call('rooms/transfer', { room_id: code, user_id: person.id })
    } catch (error) {
      note(false)
      throw error
    }
  })
}
