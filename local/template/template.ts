import type * as z from 'zod'
import type { Resolve } from './intrinsics.ts'

/** A CloudFormation template, as far as the runtime reads it. */
export type Resource = {
  Type: string
  Properties?: Record<string, unknown>
  DeletionPolicy?: string
}
export type Template = { Resources: Record<string, Resource> }

export type Declared<Properties> = { logicalId: string; resource: Resource; properties: Properties }

/** All resources of one type, with the properties that `schema` names resolved and parsed. What it does not name is not looked at. */
export const resourcesOf = <Shape extends z.ZodRawShape>(
  template: Template,
  resolve: Resolve,
  type: string,
  schema: z.ZodObject<Shape>,
): Declared<z.infer<z.ZodObject<Shape>>>[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([logicalId, resource]) => {
      const wanted = Object.keys(schema.shape).map((name) => [name, resource.Properties?.[name]] as const)
      const present = wanted.filter(([, value]) => value !== undefined)
      const parsed = schema.safeParse(resolve(Object.fromEntries(present)))
      if (parsed.success) return { logicalId, resource, properties: parsed.data }
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      throw new Error(`The local runtime cannot play ${logicalId} (${type}): ${wrong.join('; ')}.`)
    })
