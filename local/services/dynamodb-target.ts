import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { SignatureV4 } from '@smithy/signature-v4'
import { account } from '../template/identity.ts'

/** The DynamoDB that the runtime works on: an emulator, which takes any credentials, or AWS, which takes the developer's own. */
export type DynamoDbTarget = {
  endpoint: URL
  region: string
  /** Headers under which AWS takes a call; an emulator needs none. */
  sign: ((target: string, payload: Uint8Array) => Promise<Record<string, string>>) | undefined
}

const AWS_HOST = /^dynamodb(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/

/** SHA-256, keyed or not, in the shape that the signer takes. */
class Sha256 {
  private readonly hash: Hash | Hmac
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret))
  }
  update(data: Uint8Array): void {
    this.hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }
}

const toBytes = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}

/** Signs calls with whatever credentials the developer's environment, profile or sign-in gives. */
const createSigner = (endpoint: URL, region: string): DynamoDbTarget['sign'] => {
  const signer = new SignatureV4({ service: 'dynamodb', region, credentials: defaultProvider(), sha256: Sha256 })
  return async (target, payload) => {
    const signed = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: '/',
      headers: { host: endpoint.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body: payload,
    })
    return signed.headers
  }
}

/** @param isAws told apart by the host name unless a test says so */
export const readTarget = (address: string, isAws = AWS_HOST.test(new URL(address).hostname)): DynamoDbTarget => {
  const endpoint = new URL(address)
  if (!isAws) return { endpoint, region: account.region, sign: undefined }
  const region = AWS_HOST.exec(endpoint.hostname)?.[1] ?? account.region
  return { endpoint, region, sign: createSigner(endpoint, region) }
}
