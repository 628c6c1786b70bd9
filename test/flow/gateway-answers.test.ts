import { expect, it } from 'vitest'
import { createApi } from '../../client/index.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage({ limits: { httpBodyBytes: 1_000 } })

it('[H8] what the gateway refuses has no code of ours, and the client library tells it by its status', async () => {
  const body = { display_name: 'x'.repeat(2_000) }
  const answer = await stage.request('POST', '/api/auth/guest', { body })
  expect(answer.status).toBe(413)
  expect(answer.body).not.toHaveProperty('code')
  const api = createApi({ origin: stage.runtime.url })
  const refused = { name: 'ApiError', status: 413, code: 'too_large' }
  await expect(api.call('auth/guest', body)).rejects.toMatchObject(refused)
})
