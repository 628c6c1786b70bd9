import { DELETED_NAME } from '../../protocol/deleted-name.ts'
import { strings } from '../strings/strings.ts'

/** A name as the page says it: of somebody whose account was deleted, in the page's language. */
export const shownName = (name: string): string => (name === DELETED_NAME ? strings.deletedName : name)
