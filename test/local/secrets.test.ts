import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { startTiny, temporaryFolder } from './tiny-runtime.ts'

const startWithClient = async (options: Parameters<typeof startTiny>[0] = {}) => {
  const started = await startTiny(options)
  const { KEY_ARN: arn, AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint } = started.environment('Message')
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new SecretsManagerClient({ endpoint: endpoint ?? '', region: 'us-east-1', credentials })
  const get = (more: { VersionStage?: string; VersionId?: string } = {}) =>
    client.send(new GetSecretValueCommand({ SecretId: arn ?? '', ...more }))
  return { ...started, client, get }
}

test('a secret is generated as the template asks', async () => {
  const { get } = await startWithClient()
  const secret = await get()
  expect(secret.SecretString).toMatch(/^[A-Za-z0-9]{64}$/)
  expect(secret).toMatchObject({ Name: 'streamit-Key', VersionStages: ['AWSCURRENT'], CreatedDate: expect.any(Date) })
})

test('rotation makes the current version the previous one', async () => {
  const { runtime, get } = await startWithClient()
  const old = await get()
  await expect(get({ VersionStage: 'AWSPREVIOUS' })).rejects.toBeInstanceOf(ResourceNotFoundException)
  runtime.secrets.rotate('Key')
  const current = await get()
  const previous = await get({ VersionStage: 'AWSPREVIOUS' })
  expect(current.SecretString).not.toBe(old.SecretString)
  expect(previous).toMatchObject({ SecretString: old.SecretString, VersionStages: ['AWSPREVIOUS'] })
  expect((await get({ VersionId: old.VersionId ?? '' })).SecretString).toBe(old.SecretString)
  runtime.secrets.rotate()
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe(current.SecretString)
  await expect(get({ VersionId: old.VersionId ?? '' })).rejects.toBeInstanceOf(ResourceNotFoundException)
})

test('an unknown secret is not found', async () => {
  const { client } = await startWithClient()
  const unknown = client.send(new GetSecretValueCommand({ SecretId: 'nothing' }))
  await expect(unknown).rejects.toBeInstanceOf(ResourceNotFoundException)
})

test('with a state folder secrets and their rotation survive a restart', async () => {
  const stateFolder = temporaryFolder()
  const first = await startWithClient({ stateFolder })
  const old = await first.get()
  first.runtime.secrets.rotate()
  const current = await first.get()
  await first.runtime.close()
  const second = await startWithClient({ stateFolder })
  expect((await second.get()).SecretString).toBe(current.SecretString)
  expect((await second.get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe(old.SecretString)
})

test('the template may hand a secret to the edge by a dynamic reference', async () => {
  const { runtime, recorder, get } = await startWithClient({
    edit: {
      'Edge.Properties.DistributionConfig.Origins.1.OriginCustomHeaders.0.HeaderValue': {
        'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Key' }, ':SecretString:::}}']],
      },
    },
  })
  await fetch(`${runtime.url}/api/x`, { headers: { 'x-edge-secret': 'forged' } })
  const event = await recorder.nth('Http', 1)
  expect(event.headers['x-edge-secret']).toBe((await get()).SecretString)
})
