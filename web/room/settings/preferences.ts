import { useSyncExternalStore } from 'react'
import { createStore } from '../../../client/store.ts'
import { lasting } from '../../parts/browser-storage.ts'

/**
 * What somebody wants to be told on this device. `activity`: the lines between the messages. `sound` and `notification`:
 * a knock at the door, and one's own name. Notifications are off until somebody asks for them, as browsers want it.
 */
const usual = { activity: true, sound: true, notification: false }

export type Preference = keyof typeof usual
type Preferences = Readonly<Record<Preference, boolean>>

const keptAs = (name: Preference): string => `streamit.tell.${name}`

const read = (name: Preference): boolean => {
  const kept = lasting.read(keptAs(name))
  return kept === null ? usual[name] : kept === 'yes'
}

const store = createStore<Preferences>({
  activity: read('activity'),
  sound: read('sound'),
  notification: read('notification'),
})

export const usePreference = (name: Preference): boolean =>
  useSyncExternalStore(store.subscribe, () => store.get()[name])

export const setPreference = (name: Preference, isOn: boolean): void => {
  lasting.keep(keptAs(name), isOn ? 'yes' : 'no')
  store.update((before) => ({ ...before, [name]: isOn }))
}
