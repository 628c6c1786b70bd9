import { createHash, randomBytes } from 'node:crypto'

/** 192 bits: nobody guesses one in a day. */
const SECRET_BYTES = 24

/** The secret part of a link that sets a new password. It is told once, and only its hash is kept. */
export const newLinkSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url')

/** It is random and long, so a fast hash suffices. */
export const hashOfLink = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
