/** Runs what it is given one after the other: at once, or when all before it have ended, however that was. */
export const createTurns = () => {
  let last: Promise<void> | undefined
  return <T>(run: () => Promise<T>): Promise<T> => {
    const done = last === undefined ? run() : last.then(run)
    const end = () => {
      if (last === ended) last = undefined
    }
    const ended: Promise<void> = done.then(end, end)
    last = ended
    return done
  }
}
