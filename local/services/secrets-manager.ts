import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import { answerJson, readBody } from './listen.ts'
import type { Secret, SecretStore, SecretVersion } from './secrets.ts'

const Request = z.object({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
})

const stageOf = (secret: Secret, version: SecretVersion): string =>
  version === secret.current ? 'AWSCURRENT' : 'AWSPREVIOUS'

const versionOf = (secret: Secret, asked: z.infer<typeof Request>): SecretVersion | undefined => {
  const versions = secret.previous ? [secret.current, secret.previous] : [secret.current]
  const stage = asked.VersionStage ?? (asked.VersionId === undefined ? 'AWSCURRENT' : undefined)
  return versions.find(
    (version) =>
      (asked.VersionId === undefined || version.id === asked.VersionId) &&
      (stage === undefined || stageOf(secret, version) === stage),
  )
}

/** Secrets Manager's GetSecretValue. */
export const createSecretsManager =
  (store: SecretStore) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const refuse = (type: string, message: string) => answerJson(response, 400, { __type: type, Message: message })
    if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue')
      return refuse('UnknownOperationException', 'The local runtime plays GetSecretValue only.')
    const asked = Request.parse(JSON.parse(String(body)))
    const secret = store.find(asked.SecretId)
    if (secret === undefined)
      return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    const version = versionOf(secret, asked)
    if (version === undefined)
      return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.")
    answerJson(response, 200, {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      SecretString: version.value,
      VersionStages: [stageOf(secret, version)],
      CreatedDate: version.createdAt / 1000,
    })
  }
