import { RemovalPolicy } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'

/** The key that signs tokens, made by Secrets Manager at deployment: it is in no template and no log. */
export const createSigningSecret = (scope: Construct): Secret =>
  new Secret(scope, 'SigningSecret', {
    description: 'Signs StreamIt access tokens (HS256)',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  })
