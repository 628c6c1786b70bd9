import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import * as z from 'zod'
import { assetFolder } from './functions.ts'
import { physicalName, resourceAttribute } from './identity.ts'
import type { Resolve } from './intrinsics.ts'
import { resourcesOf, type Template } from './template.ts'
import { matchesWildcard } from './wildcard.ts'

const DeploymentProperties = z.object({
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  SourceObjectKeys: z.array(z.string()),
  /** For each source, what stands in its files for values that are known at the deployment only. */
  SourceMarkers: z.array(z.record(z.string(), z.string())).default([]),
  Include: z.array(z.string()).default([]),
  Exclude: z.array(z.string()).default([]),
  SystemMetadata: z.record(z.string(), z.string()).default({}),
})

/** `metadata`: headers such as cache-control that the deployment gives to its objects. `markers`: what it fills in. */
export type StoredObject = { file: string; metadata: Record<string, string>; markers: Record<string, string> }
export type Bucket = {
  domains: string[]
  objects: Map<string, StoredObject>
  /** Whether readers may list it: only then S3 tells them that a key is not there. */
  isListable: boolean
}

const PolicyProperties = z.object({
  Bucket: z.string(),
  PolicyDocument: z.object({
    Statement: z.array(z.looseObject({ Effect: z.string(), Action: z.union([z.string(), z.array(z.string())]) })),
  }),
})

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))

const matches = (key: string, patterns: string[]): boolean => patterns.some((pattern) => matchesWildcard(pattern, key))

/** What bucket deployments put into the template's buckets. Objects exist by key only, so no path can lead out of them. */
export const readBuckets = (template: Template, assets: string, resolve: Resolve): Bucket[] => {
  const listable = resourcesOf(template, resolve, 'AWS::S3::BucketPolicy', PolicyProperties)
    .filter(({ properties }) =>
      properties.PolicyDocument.Statement.some(
        ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes('s3:ListBucket'),
      ),
    )
    .map(({ properties }) => properties.Bucket)
  const deployments = resourcesOf(template, resolve, 'Custom::CDKBucketDeployment', DeploymentProperties)
  return resourcesOf(template, resolve, 'AWS::S3::Bucket', z.object({})).map(({ logicalId, resource }) => {
    const name = physicalName(logicalId, resource)
    const objects = new Map<string, StoredObject>()
    for (const { properties } of deployments.filter((each) => each.properties.DestinationBucketName === name)) {
      const prefix = properties.DestinationBucketKeyPrefix.replace(/\/?$/, properties.DestinationBucketKeyPrefix && '/')
      for (const [index, source] of properties.SourceObjectKeys.entries()) {
        const folder = assetFolder(assets, source)
        const markers = properties.SourceMarkers[index] ?? {}
        for (const key of filesIn(folder))
          if (!matches(key, properties.Exclude) || matches(key, properties.Include))
            objects.set(prefix + key, { file: join(folder, key), metadata: properties.SystemMetadata, markers })
      }
    }
    const attribute = (attributeName: string) => resourceAttribute(logicalId, resource, attributeName)
    const domains = [attribute('DomainName'), attribute('RegionalDomainName')]
    return { domains, objects, isListable: listable.includes(name) }
  })
}
