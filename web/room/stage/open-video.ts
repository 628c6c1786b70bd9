import type { RoomSession } from '../../../client/index.ts'
import { createMediaElement } from '../../players/create-element.ts'
import { createEmbedPlayer } from '../../players/embed-player.ts'
import { createMediaPlayer, type PagePlayer, type PlayerOptions } from '../../players/media-player.ts'
import { type Failed, probe, resolveSource } from '../../players/probe-media.ts'
import { isEmbed, type Source, sourceAt } from '../../players/source.ts'
import { watchFailure } from '../../players/watch-failure.ts'
import { applyVolume } from './volume-setting.ts'

/** `unknown`: no player of ours takes such an address, so that another try is no use. */
export type VideoStatus = 'ready' | 'failed' | 'unknown'

export type VideoOptions = {
  url: string
  frame: HTMLElement
  session: RoomSession
  /** What the player is told of this page, but for its own failure. */
  facts: Omit<PlayerOptions, 'hasFailed'>
  /** `reason`: why it failed, where a look at the address has told it. */
  show: (status: VideoStatus, reason: Failed | null) => void
  onElement: (element: HTMLVideoElement | null, player: PagePlayer | null) => void
}

/**
 * Plays the room's video inside `frame`, driven by the session, until the function that it returns is called. It begins
 * with what the address says. Where that fails, it looks at what is there: a stream may be called a film, and the reverse.
 */
export const openVideo = ({ url, frame, session, facts, show, onElement }: VideoOptions): (() => void) => {
  let isOver = false
  let hasFailed = false
  let wasReady = false
  let isLooking = false
  let close = () => {}

  const become = (status: VideoStatus, reason: Failed | null = null) => {
    hasFailed = status === 'failed'
    wasReady ||= status === 'ready'
    if (!isOver) show(status, reason)
  }

  const fail = async (source: Source) => {
    if (isLooking) return
    hasFailed = true
    if (isEmbed(source)) return become('failed')
    // Of what has played everybody sees at once that it stopped. What never began may only be called wrongly.
    if (wasReady) become('failed')
    isLooking = true
    const there = await probe(source, false)
    isLooking = false
    if (isOver || !hasFailed) return
    if ('problem' in there) return become('failed', there)
    if (wasReady || there.source.kind === source.kind) return become('failed')
    close()
    await play(there.source)
  }

  const play = async (source: Source): Promise<void> => {
    const element = await createMediaElement(source)
    if (isOver) return
    applyVolume(element)
    for (const event of ['loadedmetadata', 'playing']) element.addEventListener(event, () => become('ready'))
    const stopWatching = watchFailure(element, () => void fail(source).catch(() => become('failed')))
    frame.replaceChildren(element)
    const create = isEmbed(source) ? createEmbedPlayer : createMediaPlayer
    const player = create(element, { ...facts, hasFailed: () => hasFailed })
    const detach = session.attach(player)
    close = () => {
      stopWatching()
      detach()
      // Without its source a removed player also stops loading and sounding.
      element.removeAttribute('src')
      element.remove()
      onElement(null, null)
    }
    onElement(element, player)
  }

  const begin = async () => {
    const source = await resolveSource(url)
    if (!('problem' in source)) return play(source)
    become(typeof sourceAt(url) === 'string' ? 'unknown' : 'failed', source)
  }
  begin().catch(() => become('failed'))
  return () => {
    isOver = true
    close()
  }
}
