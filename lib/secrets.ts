import { RemovalPolicy } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'

/** Made by Secrets Manager at deployment: it is in no template and no log. */
const createSecret = (scope: Construct, id: string, description: string): Secret =>
  new Secret(scope, id, {
    description,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  })

export const createSecrets = (scope: Construct) => ({
  signing: createSecret(scope, 'SigningSecret', 'Signs StreamIt access tokens (HS256)'),
  edge: createSecret(scope, 'EdgeSecret', 'Tells the APIs of StreamIt that a call came through the edge'),
})
