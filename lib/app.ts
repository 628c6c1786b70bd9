import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import cdkConfiguration from '../cdk.json' with { type: 'json' }
import { bundleFunctions } from './bundle.ts'
import { readSettings } from './settings.ts'
import { StreamitStack } from './streamit-stack.ts'

/** The CDK app: one stack, checked by cdk-nag whenever it is synthesised. */
export const createApp = (props: AppProps = {}): { app: App; stack: StreamitStack } => {
  // The CLI passes the context of cdk.json on; whoever synthesises in process must get the same template.
  const app = new App({ ...props, context: { ...cdkConfiguration.context, ...props.context } })
  const settings = readSettings((name) => app.node.tryGetContext(name))
  const stack = new StreamitStack(app, `streamit-${settings.stage}`, { settings, bundles: bundleFunctions() })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}
