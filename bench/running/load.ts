import { cpus, loadavg } from 'node:os'

const total = () => {
  const times = cpus().map((cpu) => cpu.times)
  const idle = times.reduce((sum, each) => sum + each.idle, 0)
  const all = times.reduce((sum, { user, nice, sys, idle: rest, irq }) => sum + user + nice + sys + rest + irq, 0)
  return { idle, all }
}

/** How busy the machine was since: figures of a busy one say little about the player. */
export const watchLoad = (): (() => string) => {
  const before = total()
  return () => {
    const now = total()
    const busy = 1 - (now.idle - before.idle) / (now.all - before.all)
    return `${Math.round(busy * 100)} % of ${cpus().length} cores busy, load ${loadavg()[0]?.toFixed(2)}`
  }
}
