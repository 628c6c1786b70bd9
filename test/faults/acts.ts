import type { Person } from './person.ts'

/** What anybody does, whatever they are in the room. */
const ANYBODY = { nothing: 14, closeTab: 7, crash: 7, wake: 6 }
const COMMANDS = { play: 8, pause: 6, seek: 10 }

const PARTICIPANT = { ...ANYBODY, say: 56, leave: 8, removeMessage: 6 }
const COMMANDING = { ...PARTICIPANT, ...COMMANDS }
const COHOST = { ...ANYBODY, ...COMMANDS, say: 40, leave: 4, video: 4, kick: 2, removeMessage: 8, clearChat: 1 }
const HOST = {
  ...{ play: 14, pause: 10, seek: 18, say: 22, video: 7, rename: 8, chatOff: 2, control: 2 },
  ...{ appoint: 6, dismiss: 2, kick: 3, transfer: 4, removeMessage: 5, clearChat: 1 },
  ...{ crash: 3, closeTab: 3, goAway: 3 },
}
export type Act = keyof typeof COMMANDING | keyof typeof COHOST | keyof typeof HOST

/** What a person does next, by what they are in the room as their client shows it. */
export const drawAct = (person: Person): Act => {
  const { draws } = person
  switch (person.role()) {
    case 'host':
      return draws.weighed(HOST)
    case 'cohost':
      return draws.weighed(COHOST)
    case 'participant':
      return person.may('command') ? draws.weighed(COMMANDING) : draws.weighed(PARTICIPANT)
  }
}
