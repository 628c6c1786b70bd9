import type { ServiceDecisionName } from '../../../protocol/decisions.ts'
import type { AdminDecision } from '../../../protocol/http/admin/audit.ts'
import { deciderOf, decisionSentence } from '../../parts/decision-sentence.ts'
import { shownName } from '../../parts/shown-name.ts'
import { words } from '../strings/strings.ts'

const isAboutService = (what: string): what is ServiceDecisionName => Object.hasOwn(words.sentences, what)

/** What was decided, in words, wherever it was. */
export const sentenceOf = ({ what, ...decision }: AdminDecision): string =>
  isAboutService(what)
    ? words.sentences[what](deciderOf(decision), shownName(decision.whom ?? ''))
    : decisionSentence({ what, ...decision })
