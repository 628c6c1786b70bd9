/** How much somebody may do: `burst` at once, and one more after every `refillMs`. */
export type Bucket = { burst: number; refillMs: number }

/**
 * A bucket is kept as one number, the instant at which it is full again. Each time moves it on by one refill, from now or
 * from where it stands. There is one left while that instant is no later than this.
 */
export const latestFullAt = (now: number, bucket: Bucket): number => now + (bucket.burst - 1) * bucket.refillMs
