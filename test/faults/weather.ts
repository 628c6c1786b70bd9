import type { Faults, FunctionCall, Post } from '../../local/faults.ts'
import { type Draws, drawsOf } from './draws.ts'
import type { Options } from './options.ts'

/** How often each fault happens; shares of 1. The issue of this proof asks for the first four. */
const SHARES = {
  droppedDisconnects: 1 / 3,
  postsGone: 0.05,
  postsRefused: 0.05,
  // A function makes a dozen calls; so about one in fifty dies.
  killedCalls: 0.002,
  lostAnswers: 0.01,
  lostPostAnswers: 0.02,
  repeatedInvocations: 0.1,
  repeatedFrames: 0.05,
  reorderedFrames: 0.1,
}
/** Posts take a few milliseconds, and some of them very long. */
const POST_TAKES_MS = 4
const LONG_POSTS = 0.03
const LONG_POST_TAKES_MS = 400
const LONGEST_POST_MS = 2_500

export type Injected = Record<
  | '$disconnect dropped'
  | 'post answered 410 though alive'
  | 'post answered 429'
  | 'post held back over 100 ms'
  | 'post that hangs'
  | 'post delivered, its answer lost'
  | 'function killed'
  | 'answer of the table lost'
  | 'invocation delivered twice'
  | 'frame duplicated'
  | 'frame reordered'
  | 'emulator restarted',
  number
>

/** What became of a post before it reached its socket. */
export type Fate = 'passed' | 'gone' | 'refused' | 'hangs'

export type Weather = {
  injected: Injected
  /** From now on, posts to this connection hang. */
  hang: (connectionId: string) => void
  /** Every fault is over; posts are watched on. */
  clearUp: () => void
}

type Watchers = { posted: (post: Post, fate: Fate) => void; killed: (call: FunctionCall) => void }

/** Turns every fault on, drawn from the seed, and counts. A calm one only watches. */
export const turnOn = (faults: Faults, { seed, isCalm }: Options, { posted, killed }: Watchers): Weather => {
  const injected: Injected = {
    '$disconnect dropped': 0,
    'post answered 410 though alive': 0,
    'post answered 429': 0,
    'post held back over 100 ms': 0,
    'post that hangs': 0,
    'post delivered, its answer lost': 0,
    'function killed': 0,
    'answer of the table lost': 0,
    'invocation delivered twice': 0,
    'frame duplicated': 0,
    'frame reordered': 0,
    'emulator restarted': 0,
  }
  let hanging: string | undefined
  /** One source for each fault: so that one that is drawn more often leaves the others alone. */
  const drawing = (name: keyof Injected, share: number) => {
    const draws = drawsOf(seed, name)
    return () => {
      const happens = !isCalm && draws.happens(share)
      if (happens) injected[name] += 1
      return happens
    }
  }
  const isGone = drawing('post answered 410 though alive', SHARES.postsGone)
  const isRefused = drawing('post answered 429', SHARES.postsRefused)
  const fateOf = (): Fate => (isGone() ? 'gone' : isRefused() ? 'refused' : 'passed')
  const statuses: Partial<Record<Fate, number>> = { gone: 410, refused: 429 }
  const delays = drawsOf(seed, 'delays')
  const isKilled = drawing('function killed', SHARES.killedCalls)

  faults.dropDisconnect = drawing('$disconnect dropped', SHARES.droppedDisconnects)
  faults.delayPost = (post) => {
    if (post.connectionId === hanging) {
      injected['post that hangs'] += 1
      posted(post, 'hangs')
      return Number.POSITIVE_INFINITY
    }
    const delay = isCalm ? 0 : delayOf(delays)
    if (delay > 100) injected['post held back over 100 ms'] += 1
    return delay
  }
  faults.answerPost = (post) => {
    const fate = fateOf()
    posted(post, fate)
    return statuses[fate]
  }
  faults.losePostAnswer = drawing('post delivered, its answer lost', SHARES.lostPostAnswers)
  faults.loseDynamoDbAnswer = drawing('answer of the table lost', SHARES.lostAnswers)
  faults.killInvocation = (call) => {
    // The first call reads; a function that dies before it has done nothing.
    const dies = call.nth > 1 && isKilled()
    if (dies) killed(call)
    return dies
  }
  faults.duplicateAsyncInvoke = drawing('invocation delivered twice', SHARES.repeatedInvocations)
  faults.duplicateFrames = drawing('frame duplicated', SHARES.repeatedFrames)
  faults.reorderFrames = drawing('frame reordered', SHARES.reorderedFrames)
  return {
    injected,
    hang: (connectionId) => {
      hanging = connectionId
    },
    clearUp: () => {
      faults.reset()
      faults.answerPost = (post) => void posted(post, 'passed')
    },
  }
}

const delayOf = (draws: Draws): number =>
  Math.min(LONGEST_POST_MS, draws.wait(draws.happens(LONG_POSTS) ? LONG_POST_TAKES_MS : POST_TAKES_MS))
