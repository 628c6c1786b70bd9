import { join } from 'node:path'
import * as z from 'zod'
import { physicalName } from './identity.ts'
import type { Resolve } from './intrinsics.ts'
import { resourcesOf, type Template } from './template.ts'

/** Lambda's own default, in seconds. */
const DEFAULT_TIMEOUT_SECONDS = 3
const DEFAULT_MEMORY_MEGABYTES = 128
/** How often Lambda repeats a failed asynchronous call unless told otherwise. */
const DEFAULT_RETRIES = 2

const FunctionProperties = z.object({
  Runtime: z.string(),
  Handler: z.string(),
  Code: z.object({ S3Key: z.string().optional() }),
  Timeout: z.number().default(DEFAULT_TIMEOUT_SECONDS),
  MemorySize: z.number().default(DEFAULT_MEMORY_MEGABYTES),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
})

const AsyncProperties = z.object({ FunctionName: z.string(), MaximumRetryAttempts: z.number().optional() })

export type DeclaredFunction = {
  logicalId: string
  name: string
  /** Folder that holds the bundle. */
  folder: string
  /** File without its ending, a dot, and the name it exports: `index.handler`. */
  handler: string
  timeoutMilliseconds: number
  memoryMegabytes: number
  /** Repetitions of a failed asynchronous call. */
  retries: number
  variables: Record<string, string>
}

/** The folder of an asset, from the key under which it would be uploaded. */
export const assetFolder = (assets: string, key: string): string => join(assets, `asset.${key.replace(/\.zip$/, '')}`)

/** Our functions: CDK's own helpers run on Python and have nothing to do here. */
export const readFunctions = (template: Template, assets: string, resolve: Resolve): DeclaredFunction[] => {
  const asynchronous = resourcesOf(template, resolve, 'AWS::Lambda::EventInvokeConfig', AsyncProperties)
  return resourcesOf(template, resolve, 'AWS::Lambda::Function', FunctionProperties).flatMap(
    ({ logicalId, resource, properties }) => {
      const key = properties.Code.S3Key
      if (!properties.Runtime.startsWith('nodejs') || key === undefined) return []
      const name = physicalName(logicalId, resource)
      const config = asynchronous.find((each) => each.properties.FunctionName === name)
      return {
        logicalId,
        name,
        folder: assetFolder(assets, key),
        handler: properties.Handler,
        timeoutMilliseconds: properties.Timeout * 1000,
        memoryMegabytes: properties.MemorySize,
        retries: config?.properties.MaximumRetryAttempts ?? DEFAULT_RETRIES,
        variables: properties.Environment?.Variables ?? {},
      }
    },
  )
}
