import type { App, AppProps } from 'aws-cdk-lib'
import { bundleFunctions } from './bundle.ts'
import { createCheckedApp } from './checked-app.ts'
import { readSettings } from './settings.ts'
import { StreamitStack } from './streamit-stack.ts'

type SettingsFiles = Parameters<typeof readSettings>[1]

/** The CDK app: one stack. Without `files` it reads none. */
export const createApp = (props: AppProps = {}, files?: SettingsFiles): { app: App; stack: StreamitStack } => {
  const app = createCheckedApp(props)
  const settings = readSettings(app.node.getAllContext(), files)
  const stack = new StreamitStack(app, `streamit-${settings.stage}`, { settings, bundles: bundleFunctions() })
  return { app, stack }
}
