import type { ShownDecision } from '../../protocol/http/audit.ts'
import { strings } from '../strings/strings.ts'
import { shownName } from './shown-name.ts'

/** The name of who decided; of whoever runs the service it is said, because they have no part in the room. */
export const deciderOf = ({ by, is_admin }: Pick<ShownDecision, 'by' | 'is_admin'>): string =>
  is_admin === true ? strings.audit.admin(by) : by

/** The sentence of a decision about a room. A newer server may have decided what this page has no words for. */
export const decisionSentence = (decision: ShownDecision): string => {
  const { what, whom, changed = [] } = decision
  const by = deciderOf(decision)
  const sentences: Partial<typeof strings.audit.sentences> = strings.audit.sentences
  const words = changed.map((name) => (strings.audit.changed as Partial<Record<string, string>>)[name] ?? name)
  return sentences[what]?.(by, shownName(whom ?? ''), [...new Set(words)]) ?? strings.audit.unknown(by)
}
