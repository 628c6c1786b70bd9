import { errors, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import { Refusal } from '../../protocol/refusals.ts'
import { HOUR_SECONDS } from '../domain/durations.ts'
import type { Claims, User } from '../domain/session.ts'
import { currentVersion } from './secret-versions.ts'
import { keyById } from './signing-keys.ts'

const ISSUER = 'streamit'
const AUDIENCE = 'streamit'

const Payload = z.object({
  sub: z.string(),
  jti: z.string(),
  exp: z.number(),
  name: z.string(),
  guest: z.boolean(),
  gen: z.number(),
  /** As OpenID Connect has it: when the person last proved who they are, epoch seconds. Tokens of 0.1.0 do not say it. */
  auth_time: z.number().default(0),
})

/** What tokens depend on: the secret that signs them, and for how long they hold. */
export type TokenSettings = { SIGNING_SECRET_ARN: string; TOKEN_HOURS: number }

/** A token to issue: its id, and since when the person has been signed in, epoch seconds; since now where that is left out. */
export type Issue = { tokenId: string; now: number; signedInAt?: number }

/** An access token for this person. */
export const signToken = async (
  user: User,
  { tokenId, now, signedInAt }: Issue,
  settings: TokenSettings,
): Promise<string> => {
  const key = await currentVersion(settings.SIGNING_SECRET_ARN, now)
  const issued = Math.floor(now / 1000)
  return new SignJWT({
    name: user.display_name,
    guest: user.is_guest,
    gen: user.generation,
    auth_time: signedInAt ?? issued,
  })
    .setProtectedHeader({ alg: 'HS256', kid: key.id })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(user.id)
    .setJti(tokenId)
    .setIssuedAt(issued)
    .setExpirationTime(issued + settings.TOKEN_HOURS * HOUR_SECONDS)
    .sign(key.value)
}

/** Who the token speaks for, as far as its signature and expiry tell. @throws Refusal unauthorized */
export const verifyToken = async (
  token: string,
  now: number,
  { SIGNING_SECRET_ARN }: Pick<TokenSettings, 'SIGNING_SECRET_ARN'>,
): Promise<Claims> => {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await keyById(SIGNING_SECRET_ARN, kid, now)
        if (key === undefined) throw new errors.JWSSignatureVerificationFailed()
        return key.value
      },
      { issuer: ISSUER, audience: AUDIENCE, algorithms: ['HS256'], currentDate: new Date(now) },
    )
    const { sub, jti, exp, name, guest, gen, auth_time } = Payload.parse(payload)
    const person = { user_id: sub, display_name: name, is_guest: guest, generation: gen }
    return { ...person, token_id: jti, expires: exp, signed_in_at: auth_time }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new Refusal('unauthorized')
    throw error
  }
}
