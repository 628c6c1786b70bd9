import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTemplate } from '../staging/stage.ts'

export type SigningKey = { id: string; value: string }

/** A folder from which the stage takes this key as its signing secret. */
export const keyFolder = ({ id, value }: SigningKey): { stateFolder: string; forget: () => void } => {
  const stateFolder = mkdtempSync(join(tmpdir(), 'streamit-compat-'))
  const secrets = Object.entries(readTemplate().Resources).filter(
    ([, resource]) => resource.Type === 'AWS::SecretsManager::Secret',
  )
  const current = { id, value, createdAt: 0 }
  const stored = Object.fromEntries(secrets.map(([logicalId]) => [logicalId, { current }]))
  writeFileSync(join(stateFolder, 'secrets.json'), JSON.stringify(stored))
  return { stateFolder, forget: () => rmSync(stateFolder, { recursive: true }) }
}
