import { strings } from '../../strings/strings.ts'
import { formatTime } from '../format-time.ts'
import type { ActivityLine } from './activity.ts'
import { roleSentence } from './role-sentence.ts'

/** So many names are read; the rest is counted. */
const NAMED = 3

const sentenceOf = ({ what }: ActivityLine, names: readonly string[]): string => {
  const { activity } = strings
  switch (what.kind) {
    case 'joined':
    case 'left': {
      const different = [...new Set(names)]
      return activity[what.kind](different.slice(0, NAMED), Math.max(0, different.length - NAMED))
    }
    case 'played':
    case 'paused':
    case 'sought':
      return activity[what.kind](what.name, formatTime(what.time))
    case 'cleared':
      return activity.cleared
    case 'slowed':
      return activity.slowed(what.seconds)
    case 'removed':
      return activity.removed(what.isByHost)
    case 'changed':
      return activity.changed(what.name, what.title)
    case 'renamed':
      return activity.renamed(what.former, what.name)
    case 'handedOver':
    case 'appointed':
    case 'dismissed':
    case 'control':
      return roleSentence(what)
    default:
      return what satisfies never
  }
}

/** What happened, between the messages. */
export const ActivityRow = ({ line, names }: { line: ActivityLine; names: readonly string[] }) => (
  <li className="activity">{sentenceOf(line, names)}</li>
)
