import { randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { physicalName, secretArn } from '../template/identity.ts'
import { createResolver } from '../template/intrinsics.ts'
import { resourcesOf, type Template } from '../template/template.ts'

const Generator = z.strictObject({
  PasswordLength: z.number().default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludePunctuation: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().optional(),
})
const SecretProperties = z.object({ GenerateSecretString: Generator })

const Version = z.object({ id: z.string(), value: z.string(), createdAt: z.number() })
export type SecretVersion = z.infer<typeof Version>
const Stored = z.record(z.string(), z.object({ current: Version, previous: Version.optional() }))

export type Secret = { arn: string; name: string; current: SecretVersion; previous?: SecretVersion | undefined }

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

const generate = (generator: z.infer<typeof Generator>): string => {
  const kinds = [LETTERS_AND_DIGITS, generator.ExcludePunctuation ? '' : PUNCTUATION]
  const alphabet = [...kinds.join('')].filter((character) => !generator.ExcludeCharacters.includes(character))
  return Array.from({ length: generator.PasswordLength }, () => alphabet[randomInt(alphabet.length)]).join('')
}

export type SecretStore = {
  find(id: string): Secret | undefined
  /** Makes a new current version of the named secret (name, ARN or logical id), or of all; the current becomes the previous. */
  rotate(id?: string): void
}

/** The template's secrets, generated once and kept in `stateFolder` when there is one. */
export const openSecrets = (template: Template, stateFolder: string | undefined): SecretStore => {
  const file = stateFolder && join(stateFolder, 'secrets.json')
  const stored = file && existsSync(file) ? Stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  const declared = resourcesOf(template, createResolver(template), 'AWS::SecretsManager::Secret', SecretProperties)

  const newVersion = ({ GenerateSecretString }: z.infer<typeof SecretProperties>): SecretVersion => ({
    id: randomUUID(),
    value: generate(GenerateSecretString),
    createdAt: Date.now(),
  })
  const secrets = declared.map(({ logicalId, resource, properties }) => ({
    logicalId,
    properties,
    name: physicalName(logicalId, resource),
    arn: secretArn(logicalId, resource),
    ...(stored[logicalId] ?? { current: newVersion(properties) }),
  }))
  const save = () => {
    if (stateFolder === undefined || file === undefined) return
    mkdirSync(stateFolder, { recursive: true })
    const content = secrets.map(({ logicalId, current, previous }) => [logicalId, { current, previous }])
    writeFileSync(file, JSON.stringify(Object.fromEntries(content), null, 2), { mode: 0o600 })
  }
  save()
  const named = (id: string) => (secret: (typeof secrets)[number]) =>
    [secret.arn, secret.name, secret.logicalId].includes(id)
  return {
    find: (id) => secrets.find(named(id)),
    rotate: (id) => {
      for (const secret of id === undefined ? secrets : secrets.filter(named(id))) {
        Object.assign(secret, { previous: secret.current, current: newVersion(secret.properties) })
      }
      save()
    },
  }
}
