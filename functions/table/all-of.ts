import pLimit from 'p-limit'

/**
 * Waits for all of it, also where a part fails: Lambda freezes a function that has answered, in the middle of what goes on.
 * @throws what the first part threw that failed
 */
export const allOf = async <T extends readonly unknown[] | []>(
  parts: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> => {
  await Promise.allSettled(parts)
  return Promise.all(parts)
}

/** The same for work that must not all go on at once. */
export const allOfAtMost = <T, R>(count: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const limit = pLimit(count)
  return allOf(items.map((item) => limit(() => work(item))))
}
