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
