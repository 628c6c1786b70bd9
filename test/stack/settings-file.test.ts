import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../lib/settings.ts'
import { settingsFilesIn } from '../../lib/settings-file.ts'
import { root } from '../repository.ts'
import { readStack } from './stack-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'streamit-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const keep = (stage: string, text: string) => writeFileSync(join(folder, `${stage}.json`), text)
const read = (context: Record<string, unknown>) => readSettings(context, settingsFilesIn(folder))

describe('the file of a stage', () => {
  it('changes the defaults and those of its stage, and nothing of other stages', () => {
    keep('dev', '{ "messageDays": 3, "logRetentionDays": 1, "allowedOrigins": ["https://a.example"] }')
    const { messageDays, logRetentionDays, allowedOrigins, protectData } = read({ stage: 'dev' })
    expect([messageDays, logRetentionDays, allowedOrigins, protectData]).toEqual([3, 1, ['https://a.example'], false])
    expect(read({ stage: 'other' })).toEqual(readSettings({ stage: 'other' }))
  })

  it('gives way to -c', () => {
    keep('prod', '{ "messageDays": 3, "chatBurst": 5 }')
    expect(read({ messageDays: '4' })).toMatchObject({ stage: 'prod', messageDays: 4, chatBurst: 5 })
  })

  it.each([
    ['{ "chatBrust": 5 }', 'Unknown setting "chatBrust" in CONFIG/wrong.json: did you mean chatBurst?'],
    ['{ "chatBurst": 0 }', 'A setting has a wrong value: "chatBurst" must be a whole number from 1 to 100.'],
    ['{ "stage": "prod" }', "CONFIG/wrong.json names a stage: take it out, the file's name says which it is."],
    ['{ "chatBurst": 5, }', 'CONFIG/wrong.json must be one JSON object, such as { "messageDays": 14 }.'],
    ['[]', 'CONFIG/wrong.json must be one JSON object, such as { "messageDays": 14 }.'],
    ['', 'CONFIG/wrong.json must be one JSON object, such as { "messageDays": 14 }.'],
  ])('with %s in it is refused in a sentence', (text, sentence) => {
    keep('wrong', text)
    expect(() => read({ stage: 'wrong' })).toThrow(sentence.replace('CONFIG', folder.split('/').at(-1) ?? ''))
  })

  it('is looked for under names of stages only', () => {
    keep('outside', '{ "chatBrust": 5 }')
    expect(() => read({ stage: '../outside' })).toThrow('"stage" must be 2 to 16 lower-case letters and digits')
  })
})

describe('config/', () => {
  const stages = readdirSync(join(root, 'config')).map((file) => file.replace('.json', ''))

  it.each(stages)('has settings for the stage %s that can be deployed', (stage) => {
    expect(readSettings({ stage }, settingsFilesIn(join(root, 'config')))).toMatchObject({ stage })
  })

  it('is read by what cdk runs, for the stage that it deploys', () => {
    const outdir = join(folder, 'cdk.out')
    execFileSync(process.execPath, ['bin/streamit.ts'], {
      cwd: root,
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ stage: 'example' }) },
      stdio: 'pipe',
    })
    const { allowedOrigins } = settingsFilesIn(join(root, 'config'))('example')?.settings ?? {}
    const template = readStack(JSON.parse(readFileSync(join(outdir, 'streamit-example.template.json'), 'utf8')))
    const http = template.all('AWS::ApiGatewayV2::Api').find(([, api]) => api.Properties?.ProtocolType === 'HTTP')?.[1]
    expect(http?.Properties?.CorsConfiguration).toMatchObject({ AllowOrigins: allowedOrigins })
  }, 60_000)
})
