// Runs inside the pages: each function is sent as text, so none may use anything from outside itself.

/** Everything in milliseconds of the page's own performance.now(), which is not shifted. */
export type Recording = {
  /** When a frame is expected on the screen, its time in the video (seconds), and how many have been presented so far. */
  frames: [shownAt: number, mediaTime: number, presented: number][]
  /** What the player itself says, at every frame: its clock rather than its picture. */
  told: [at: number, currentTime: number][]
  seeks: number[]
  rates: [at: number, rate: number][]
  stalls: number[]
  clicks: number[]
  opened: number
}

declare global {
  interface Window {
    recording: Recording
  }
}

/** Before any script of the page: the clock of the device is wrong by this much. */
export const setWrongClock = (errorMs: number): void => {
  const RealDate = Date
  const realNow = RealDate.now.bind(RealDate)
  RealDate.now = () => realNow() + errorMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget),
    apply: (target) => new target(target.now()).toString(),
  })
  const origin = performance.timeOrigin + errorMs
  Object.defineProperty(performance, 'timeOrigin', { get: () => origin })
}

/** Before any script of the page: notes what the video does and shows, whenever there is one. */
export const record = (): void => {
  const recording: Recording = {
    frames: [],
    told: [],
    seeks: [],
    rates: [],
    stalls: [],
    clicks: [],
    opened: performance.now(),
  }
  window.recording = recording
  const watched = new WeakSet<EventTarget>()
  const watch = (video: HTMLVideoElement) => {
    const note = (_now: number, shown: VideoFrameCallbackMetadata) => {
      recording.frames.push([shown.expectedDisplayTime, shown.mediaTime, shown.presentedFrames])
      recording.told.push([performance.now(), video.currentTime])
      video.requestVideoFrameCallback(note)
    }
    video.requestVideoFrameCallback(note)
  }
  const on = (type: string, run: (video: HTMLVideoElement) => void) =>
    // Media events do not bubble, but they are captured on their way down.
    document.addEventListener(type, ({ target }) => target instanceof HTMLVideoElement && run(target), true)
  on('loadstart', (video) => {
    if (watched.has(video)) return
    watched.add(video)
    watch(video)
  })
  on('seeking', () => recording.seeks.push(performance.now()))
  on('waiting', () => recording.stalls.push(performance.now()))
  on('ratechange', (video) => recording.rates.push([performance.now(), video.playbackRate]))
  document.addEventListener('click', () => recording.clicks.push(performance.now()), true)
}
