// The timers of a page that a hidden tab must not slow down: see steady-timer.ts.
self.onmessage = ({ data: { id, ms } }: MessageEvent<{ id: number; ms: number }>) => {
  setTimeout(() => self.postMessage(id), ms)
}
