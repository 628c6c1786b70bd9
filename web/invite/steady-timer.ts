import { globalRuntime, type Runtime } from '../../client/index.ts'

let worker: Worker | undefined
let given = 0
const due = new Map<number, () => void>()

const startWorker = (): Worker => {
  const started = new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' })
  started.onmessage = ({ data }: MessageEvent<number>) => due.get(data)?.()
  return started
}

/**
 * Runs `run` once, `ms` milliseconds from now. It holds in a tab that has been hidden for a while as well: there
 * browsers wake the page's timers once a minute, and a worker's in time. The page's own timer runs beside it, for a
 * worker that could not be loaded.
 */
export const steadyAfter: Runtime['after'] = (ms, run) => {
  given += 1
  const id = given
  const cancel = () => {
    due.delete(id)
    cancelOwn()
  }
  const once = () => {
    cancel()
    run()
  }
  const cancelOwn = globalRuntime.after(ms, once)
  due.set(id, once)
  worker ??= startWorker()
  worker.postMessage({ id, ms })
  return cancel
}
