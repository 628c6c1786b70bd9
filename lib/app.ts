import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import cdkConfiguration from '../cdk.json' with { type: 'json' }
import { bundleFunctions } from './bundle.ts'
import { readSettings } from './settings.ts'
import { StreamitStack } from './streamit-stack.ts'

type SettingsFiles = Parameters<typeof readSettings>[1]

/** The CDK app: one stack, checked by cdk-nag whenever it is synthesised. Without `files` it reads none. */
export const createApp = (props: AppProps = {}, files?: SettingsFiles): { app: App; stack: StreamitStack } => {
  // The CLI passes the context of cdk.json on; whoever synthesises in process must get the same template.
  const app = new App({ ...props, context: { ...cdkConfiguration.context, ...props.context } })
  const settings = readSettings(app.node.getAllContext(), files)
  const stack = new StreamitStack(app, `streamit-${settings.stage}`, { settings, bundles: bundleFunctions() })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}
