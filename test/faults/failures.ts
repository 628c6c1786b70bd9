/** What the end check may find, each as a sentence says it. */
export type FailureKind =
  | 'a part differs from the table'
  | 'a message is missing, twice or out of order'
  | 'the given fields do not suffice'
  | 'a ghost is left'
  | 'somebody who is there was removed'
  | 'joins and leaves do not add up'
  | 'a call was not answered or cannot be repeated'
  | 'a client gave up'
  | 'a function goes on after its answer'

type Failure = { kind: FailureKind; text: string }

/** Collects what failed, in words: who, what they show, what the table says. */
export const createFailures = () => {
  const list: Failure[] = []
  return {
    list,
    note: (kind: FailureKind, text: string) => void list.push({ kind, text }),
  }
}
export type Failures = ReturnType<typeof createFailures>

const MOST_SHOWN = 12

/** Each kind with its number and its first sentences. */
export const describeFailures = ({ list }: Failures): string => {
  const kinds = [...new Set(list.map(({ kind }) => kind))]
  return kinds
    .map((kind) => {
      const texts = list.filter((failure) => failure.kind === kind).map(({ text }) => `  ${text}`)
      const more = texts.length > MOST_SHOWN ? [`  and ${texts.length - MOST_SHOWN} more`] : []
      return [`${kind} (${texts.length})`, ...texts.slice(0, MOST_SHOWN), ...more].join('\n')
    })
    .join('\n')
}
