import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import cdkConfiguration from '../cdk.json' with { type: 'json' }

/** A CDK app that cdk-nag checks whenever it is synthesised. */
export const createCheckedApp = (props: AppProps): App => {
  // The CLI passes the context of cdk.json on; whoever synthesises in process must get the same template.
  const app = new App({ ...props, context: { ...cdkConfiguration.context, ...props.context } })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return app
}
