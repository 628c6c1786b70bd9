import { BootstraplessSynthesizer, CfnOutput, Stack } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { addresses } from '../protocol/addresses.ts'

/** Web ACLs for distributions live here, wherever the stages are. */
const REGION = 'us-east-1'
const WINDOW_SECONDS = 300

/**
 * Requests from one address in five minutes. Many people share one, behind the router of a school or an office. Whoever
 * arrives asks for about 35 files and answers, and then for less than one a second: this lets 500 arrive together.
 */
const REQUESTS = 20_000
/** Attempts to sign in from one address in five minutes: a hall of people does, a list of passwords does not. */
const SIGN_INS = 300
const SIGN_IN_ROUTES = ['auth/login', 'auth/register', 'auth/password'] as const

/**
 * Rules that count only. The first stops programs of one's own, which do not always say what they are. The others judge the
 * texts that people write: a link to a video at a bare IP address is to them an attack. The functions check every body
 * against its schema, and pages show text as text.
 */
const COUNTED = ['NoUserAgent_HEADER', 'GenericRFI_BODY', 'GenericLFI_BODY', 'CrossSiteScripting_BODY']

const shown = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
})

const managed = (priority: number, name: string, counted: string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: shown(name),
})

/** Answered as our own refusals of that kind are: 429, and after how long to ask again. */
const TOO_MANY: CfnWebACL.RuleActionProperty = {
  block: { customResponse: { responseCode: 429, responseHeaders: [{ name: 'retry-after', value: '60' }] } },
}

const startsWith = (route: keyof typeof addresses): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: addresses[route].path,
    // An escaped letter leads to the same function.
    textTransformations: [{ priority: 0, type: 'URL_DECODE' }],
  },
})

const limited = (
  priority: number,
  name: string,
  limit: number,
  paths?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  action: TOO_MANY,
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      evaluationWindowSec: WINDOW_SECONDS,
      limit,
      ...(paths !== undefined && { scopeDownStatement: paths }),
    },
  },
  visibilityConfig: shown(name),
})

/** A web ACL for the distributions of all stages. Of a socket it sees the handshake only, never a frame. */
export class WebAclStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'StreamIt: what stands before the distributions',
      env: { region: REGION },
      // It has no files, so the region need not be bootstrapped for it.
      synthesizer: new BootstraplessSynthesizer(),
    })
    const acl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: shown('streamit'),
      rules: [
        limited(0, 'SignIns', SIGN_INS, { orStatement: { statements: SIGN_IN_ROUTES.map(startsWith) } }),
        limited(1, 'Requests', REQUESTS),
        managed(2, 'AWSManagedRulesAmazonIpReputationList'),
        managed(3, 'AWSManagedRulesKnownBadInputsRuleSet'),
        managed(4, 'AWSManagedRulesCommonRuleSet', COUNTED),
      ],
    })
    new CfnOutput(this, 'WebAclArn', { value: acl.attrArn, description: 'For the setting webAclArn' })
  }
}
