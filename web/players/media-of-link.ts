import { MAX_TIME_SECONDS } from '../../protocol/limits.ts'
import { isThisMachine } from '../../protocol/local-hosts.ts'
import { strings } from '../strings/strings.ts'
import { isSoundFile } from './file-kinds.ts'
import { type Failed, type Probed, probe } from './probe-media.ts'
import { isPrivate } from './reach.ts'
import { serviceOf } from './services.ts'
import { addressOf, isEmbed, sourceAt, sourceOf } from './source.ts'
import { titleOf } from './title-of.ts'

/** What the server is told of a new video. */
export type LinkedMedia = { media: { url: string; title: string | null; duration: number | null }; start?: number }
/** `notice`: what people should know before they use it. */
export type ReadLink = (LinkedMedia & { notice: string | null }) | { media: null; notice: null } | { problem: string }

/** The video that every StreamIt brings along. Http is for this machine only, where the local runtime serves it. */
export const sampleLink = (): string => `${location.origin}/sample.mp4`

const sentenceFor = (link: string, { problem, status }: Failed): string => {
  const sentence = strings.link.problems[problem]
  if (typeof sentence === 'string') return sentence
  const address = addressOf(link)
  return sentence(problem === 'notThere' ? String(status) : ((address && serviceOf(address)?.name) ?? ''))
}

const noticeOf = ({ source, facts }: Probed): string | null => {
  const { noPicture, noJumping, privateNetwork } = strings.link.notices
  if (isEmbed(source)) return null
  const url = new URL(source.url)
  // Who serves the page from this machine watches from this machine.
  if (isPrivate(url) && !(isThisMachine(url) && isThisMachine(new URL(location.href)))) return privateNetwork
  if (facts === null) return null
  if (!facts.canJump) return noJumping
  return facts.hasPicture || isSoundFile(url) ? null : noPicture
}

/** Many hosts have an https address beside the one that was pasted: it is tried before it is asked for. */
const judged = async (link: string): Promise<Probed | Failed> => {
  const found = sourceOf(link)
  if (typeof found !== 'string') return probe(found)
  const address = found === 'notHttps' ? addressOf(link) : undefined
  if (address === undefined || address.port !== '') return { problem: found }
  const secure = sourceAt(address.href.replace(/^http:/, 'https:'))
  const probed = typeof secure === 'string' ? undefined : await probe(secure)
  return probed === undefined || 'problem' in probed ? { problem: found } : probed
}

/** What to tell the server for a typed link (null for none), or the sentence that says why it will not do. */
export const mediaOfLink = async (link: string): Promise<ReadLink> => {
  if (link.trim() === '') return { media: null, notice: null }
  const probed = await judged(link)
  if ('problem' in probed) return { problem: sentenceFor(link, probed) }
  const { source, facts } = probed
  const duration = facts?.duration ?? null
  const isWithin = source.start !== undefined && source.start < (duration ?? MAX_TIME_SECONDS)
  return {
    media: {
      url: source.url,
      title: titleOf(source),
      duration: duration !== null && duration <= MAX_TIME_SECONDS ? duration : null,
    },
    ...(isWithin && { start: source.start }),
    notice: noticeOf(probed),
  }
}
