import { strings } from '../../strings/strings.ts'
import type { RoleHappening } from './happenings.ts'

/** The same in the chat, over the picture, and to screen readers. */
export const roleSentence = (what: RoleHappening): string => {
  switch (what.kind) {
    case 'control':
      return strings.activity.control(what.isForAll, what.name)
    case 'handedOver':
      return strings.activity.handedOver(what.name)
    default:
      return what.isOwn ? strings.hands[what.kind][what.role] : strings.activity[what.kind][what.role](what.name)
  }
}
