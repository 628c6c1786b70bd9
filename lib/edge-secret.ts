import { RemovalPolicy } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'

/** By it a call is known to come through the edge, made by Secrets Manager at deployment: it is in no template and no log. */
export const createEdgeSecret = (scope: Construct): Secret =>
  new Secret(scope, 'EdgeSecret', {
    description: 'Tells the APIs of StreamIt that a call came through the edge',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  })
