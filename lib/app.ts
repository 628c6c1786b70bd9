import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { bundleFunctions } from './bundle.ts'
import { readSettings } from './settings.ts'
import { StreamitStack } from './streamit-stack.ts'

/** The CDK app: one stack, checked by cdk-nag whenever it is synthesised. */
export const createApp = (props: AppProps = {}): { app: App; stack: StreamitStack } => {
  const app = new App(props)
  const settings = readSettings((name) => app.node.tryGetContext(name))
  const stack = new StreamitStack(app, `streamit-${settings.stage}`, { settings, bundles: bundleFunctions() })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}
