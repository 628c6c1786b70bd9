import { type Api, ApiError } from '../../client/index.ts'
import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'
import type { Failures } from './failures.ts'
import type { Timeline } from './timeline.ts'

const MOST_TRIES = 5
const PAUSE_MS = 1_000

type Wish<N extends RouteName> = {
  /** Who calls, for the report. */
  who: string
  name: N
  request: SentOf<N>
  /** Whether the table is as the call wants it: then its repetition may not be refused. */
  isDone: () => Promise<boolean>
}

/** Calls as a person makes them: one that got no answer is made again. What can then not be finished is noted. */
export const createCalls = (timeline: Timeline, failures: Failures) => {
  const counts = { made: 0, unanswered: 0, refused: 0 }

  const isUnanswered = (error: ApiError) => error.status === 0 || error.status >= 500

  /** The answer, or undefined where the call was refused or never answered. */
  const make = async <N extends RouteName>(
    api: Api,
    { who, name, request, isDone }: Wish<N>,
  ): Promise<AnswerOf<N> | undefined> => {
    counts.made += 1
    const before: string[] = []
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        return await api.call(name, request)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (!isUnanswered(error)) {
          counts.refused += 1
          if (before.length > 0 && (await isDone().catch(() => false)))
            failures.note(
              'a call was not answered or cannot be repeated',
              `${name} of ${who} got ${before.join(', ')}; made again it is refused with ${error.status} ${error.code}, though the table has what it wants.`,
            )
          return undefined
        }
        counts.unanswered += 1
        before.push(`${error.status} ${error.code}`)
        await timeline.sleep(PAUSE_MS)
      }
    }
    failures.note('a call was not answered or cannot be repeated', `${name} of ${who} got only ${before.join(', ')}.`)
    return undefined
  }
  return { counts, make }
}
export type Calls = ReturnType<typeof createCalls>
