import type { Template } from '../../local/template/template.ts'
import { readTemplate } from '../staging/stage.ts'

const TABLE = 'AWS::DynamoDB::GlobalTable'

/** The template without expiry: recorded items are long past their `ttl`, and the emulator would sweep them away. */
export const lastingTemplate = (): Template => {
  const template = readTemplate()
  for (const resource of Object.values(template.Resources))
    if (resource.Type === TABLE && resource.Properties !== undefined) delete resource.Properties.TimeToLiveSpecification
  return template
}
