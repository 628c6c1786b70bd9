import { strings } from '../../strings/strings.ts'

/** What the room is called, also where nobody gave it a name. */
export const roomName = ({ name, host }: { name: string | null; host: string }): string => name ?? strings.roomOf(host)
