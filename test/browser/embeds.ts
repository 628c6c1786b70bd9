import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Route } from 'playwright-core'

// The services that pages of the web client reach outside, played by pages of our own that speak the same messages.

const DURATION_SECONDS = 600
/** How often both services tell where they are. */
const TOLD_EVERY_MS = 250

/** A picture that moves by itself once it is played, and takes a while to start and to seek, as theirs do. */
const picture = `
  const picture = { position: 0, since: 0, playing: false, rate: 1 }
  const now = () => performance.now() / 1000
  const position = () => Math.min(${DURATION_SECONDS}, picture.position + (picture.playing ? (now() - picture.since) * picture.rate : 0))
  const hold = () => { picture.position = position(); picture.since = now() }
  const soon = (work) => setTimeout(work, 120)
`

/** What an embedded video is like. Of Vimeo's only `ad` is played, from the beginning. */
export type EmbeddedVideo = {
  /** Seconds at which it is over. */
  endsAt?: number
  /** Seconds that it says it lasts. */
  tells?: number
  /** A broadcast that began two hours ago: its length grows and it cannot be sought. */
  isLive?: boolean
  /**
   * Once it is used, at so many seconds, it shows an advertisement until somebody presses its button. Meanwhile it says that it has not
   * begun (-1) or that it plays (1), tells the length of the advertisement, stands still and takes no seek.
   */
  ad?: { at: number; says: -1 | 1 }
  /** Milliseconds that a seek takes. */
  seekMs?: number
  /** Not to be embedded: with which of its errors it says so. */
  refuses?: 101 | 150
}

const SKIP = '<button style="position:absolute;inset:0">Skip</button>'

/** Speaks what YouTube's own player speaks with its widget script: JSON strings of the channel "widget". */
const youtubeFrame = ({
  endsAt = DURATION_SECONDS,
  tells = endsAt,
  isLive = false,
  ad,
  seekMs = 120,
  refuses,
}: EmbeddedVideo) => `
<!doctype html><title>YouTube</title><body style="background:#300;color:#fff">${SKIP}<script>${picture}
  let state = 5
  const ad = ${JSON.stringify(ad ?? null)}
  const skip = document.querySelector('button')
  let isHeld = false
  const lasts = () => isHeld ? 15 : ${isLive ? '7200 + now()' : tells}
  ${isLive ? 'picture.position = 7195' : ''}
  const place = () => ${isLive ? 'picture.position + (picture.playing ? now() - picture.since : 0)' : `Math.min(${endsAt}, position())`}
  const stay = () => { picture.position = place(); picture.since = now() }
  const tell = (event, info) => parent.postMessage(JSON.stringify({ event, info, id: 1, channel: 'widget' }), '*')
  const shown = () => isHeld ? ad.says : state
  const deliver = () => tell('infoDelivery', { currentTime: place(), duration: lasts(), playerState: shown() })
  const become = (next) => { stay(); state = next; picture.playing = next === 1 && !isHeld; deliver(); tell('onStateChange', shown()) }
  const showAd = (isShown) => { isHeld = isShown; skip.hidden = !isShown; become(state) }
  const commands = {
    playVideo: () => { if (state === 0) picture.position = 0; become(3); soon(() => become(1)) },
    pauseVideo: () => soon(() => { if (state !== 0) become(2) }),
    seekTo: ([seconds]) => {
      if (isHeld) return
      const before = state === 1 || state === 3 ? 1 : 2
      become(3)
      setTimeout(() => { ${isLive ? '' : `picture.position = Math.min(${endsAt}, seconds);`} picture.since = now(); become(before) }, ${seekMs})
    },
  }
  let isSkipped = ad === null
  skip.hidden = true
  skip.onclick = () => { isSkipped = true; showAd(false); become(1) }
  const look = () => { if (!isSkipped && !isHeld && state !== 5 && place() >= ad.at) showAd(true) }
  addEventListener('message', ({ data }) => {
    const { event, func, args } = JSON.parse(data)
    if (event === 'listening') { deliver(); tell('onReady'); ${refuses === undefined ? '' : `tell('onError', ${refuses})`} }
    if (event === 'command') commands[func]?.(args)
  })
  setInterval(() => { if (state === 1 && place() >= ${isLive ? 'Infinity' : endsAt}) become(0); look(); deliver() }, ${TOLD_EVERY_MS})
</script>`

/** The script that a page loads to talk to that frame. It brings a second one, once. */
const youtubeScript = `
  window.YT ??= { loading: 0 }
  if (!YT.loading) {
    YT.loading = 1
    const second = document.createElement('script')
    second.src = 'https://www.youtube.com/s/player/www-widgetapi.js'
    document.head.append(second)
  }
`

const youtubeSecondScript = `
  window.YT = {
    PlayerState: { UNSTARTED: -1, ENDED: 0, PLAYING: 1, PAUSED: 2, BUFFERING: 3, CUED: 5 },
    Player: class {
      constructor(frame, { events }) {
        this.info = { currentTime: 0, duration: 0, playerState: -1 }
        this.listeners = {}
        this.frame = frame
        for (const [name, heard] of Object.entries(events)) this.addEventListener(name, heard)
        addEventListener('message', ({ data, source }) => {
          if (source !== frame.contentWindow || typeof data !== 'string') return
          const { event, info } = JSON.parse(data)
          if (event === 'infoDelivery') Object.assign(this.info, info)
          else for (const heard of this.listeners[event] ?? []) heard({ target: this, data: info })
        })
        const listen = () => this.send({ event: 'listening' })
        frame.addEventListener('load', listen)
        listen()
      }
      send(message) { this.frame.contentWindow?.postMessage(JSON.stringify({ ...message, id: 1, channel: 'widget' }), '*') }
      command(func, ...args) { this.send({ event: 'command', func, args }) }
      addEventListener(name, heard) { this.listeners[name] = [...(this.listeners[name] ?? []), heard] }
      playVideo() { this.command('playVideo') }
      pauseVideo() { this.command('pauseVideo') }
      seekTo(seconds) { this.command('seekTo', seconds, true) }
      setVolume(volume) { this.command('setVolume', volume) }
      setPlaybackRate(rate) { this.command('setPlaybackRate', rate) }
      mute() { this.command('mute') }
      unMute() { this.command('unMute') }
      setOption() {}
      getOption() { return [] }
      getCurrentTime() { return this.info.currentTime }
      getDuration() { return this.info.duration }
      getPlayerState() { return this.info.playerState }
      getVideoLoadedFraction() { return 1 }
      getPlaybackRate() { return 1 }
      getVolume() { return 100 }
      isMuted() { return false }
      destroy() { this.frame.remove() }
    },
  }
  window.onYouTubeIframeAPIReady?.()
`

/** Speaks what Vimeo's player speaks: {method, value} answered in kind, and {event, data} to who listens. */
const vimeoFrame = ({ ad }: EmbeddedVideo) => `
<!doctype html><title>Vimeo</title><body style="background:#023;color:#fff">${ad === undefined ? '' : SKIP}<script>${picture}
  const skip = document.querySelector('button')
  if (skip !== null) skip.onclick = () => { skip.remove(); methods.play() }
  const told = new Set()
  const send = (message) => parent.postMessage(message, '*')
  const tell = (event, data = {}) => told.has(event) && send({ event, data })
  const time = () => ({ seconds: position(), duration: ${DURATION_SECONDS}, percent: position() / ${DURATION_SECONDS} })
  const values = { getMuted: false, getVolume: 1, getDuration: ${DURATION_SECONDS}, getTextTracks: [], getPlaybackRate: 1 }
  const methods = {
    play: () => soon(() => { hold(); picture.playing = !skip?.isConnected; tell('play', time()); tell('playing', time()); send({ method: 'play' }) }),
    pause: () => soon(() => { hold(); picture.playing = false; tell('pause', time()); send({ method: 'pause' }) }),
    setCurrentTime: (seconds) => {
      if (skip?.isConnected) return
      tell('seeking', time())
      soon(() => {
        picture.position = seconds
        picture.since = now()
        tell('seeked', time())
        send({ method: 'setCurrentTime', value: seconds })
      })
    },
    getCurrentTime: () => send({ method: 'getCurrentTime', value: position() }),
    addEventListener: (event) => { told.add(event); if (event === 'loaded') tell('loaded', { id: 1 }) },
    ping: () => send({ method: 'ping' }),
  }
  addEventListener('message', ({ data }) => {
    const { method, value } = typeof data === 'string' ? JSON.parse(data) : data
    if (method in methods) methods[method](Array.isArray(value) ? value[0] : value)
    else send({ method, value: method in values ? values[method] : value })
  })
  send({ event: 'ready' })
  setInterval(() => picture.playing && tell('timeupdate', time()), ${TOLD_EVERY_MS})
</script>`

/** Where the streams of the folder beside this file seem to lie. */
export const STREAMS = 'https://video.example/'

const answer = (contentType: string, body: string) => (route: Route) => route.fulfill({ contentType, body })

/** Lets this browser find the outside services, and the streams, on this machine. */
export const playServices = async (context: BrowserContext, video: EmbeddedVideo = {}): Promise<void> => {
  await context.route('https://www.youtube.com/iframe_api', answer('text/javascript', youtubeScript))
  await context.route('https://www.youtube.com/s/player/**', answer('text/javascript', youtubeSecondScript))
  await context.route('https://www.youtube.com/embed/**', answer('text/html', youtubeFrame(video)))
  await context.route('https://player.vimeo.com/video/**', answer('text/html', vimeoFrame(video)))
  await context.route(`${STREAMS}**`, (route) => {
    const file = new URL(route.request().url()).pathname.slice(1)
    return route.fulfill({
      body: readFileSync(join(import.meta.dirname, 'streams', file)),
      headers: { 'access-control-allow-origin': '*' },
    })
  })
}
