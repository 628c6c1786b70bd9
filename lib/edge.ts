import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2'
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { EDGE_HEADER } from '../functions/auth/edge-headers.ts'
import { PUBLIC_ROOMS_SECONDS, SERVICE_SECONDS } from '../protocol/limits.ts'
import { bundleWeb } from './bundle-web.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { hostOf, ownAddress } from './edge-address.ts'
import { apiDomain } from './http-api.ts'
import { regionalName } from './regional-name.ts'
import type { Settings } from './settings.ts'

const edgeFunction = (scope: Construct, id: string, file: string, stage: string) =>
  new EdgeFunction(scope, id, {
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(
      readFileSync(join(import.meta.dirname, 'edge-functions', file), 'utf8').replace('__STAGE__', stage),
    ),
  })

/** CloudFront keeps these of a GET for ten seconds, for everybody, whatever the answer says about caching. */
const FAULTS = [500, 502, 503, 504]

export type EdgeProps = { settings: Settings; httpApi: HttpApi; realtimeApi: WebSocketApi; secret: ISecret }

/** One distribution in front of everything: pages, /api/* and /ws/* under one origin, so that no CORS is needed. */
export const createEdge = (scope: Construct, { settings, httpApi, realtimeApi, secret }: EdgeProps): Distribution => {
  const bucket = new Bucket(scope, 'Pages', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    autoDeleteObjects: false,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  const api: Omit<BehaviorOptions, 'origin'> = {
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    compress: false,
  }
  // A dynamic reference: CloudFormation fills the secret in, and the template does not hold it.
  const customHeaders = { [EDGE_HEADER]: secret.secretValue.unsafeUnwrap() }
  const httpOrigin = new HttpOrigin(apiDomain(scope, httpApi.apiId), { customHeaders })
  const onRequest = (id: string, file: string) => ({
    functionAssociations: [
      { eventType: FunctionEventType.VIEWER_REQUEST, function: edgeFunction(scope, id, file, settings.stage) },
    ],
  })
  const toHttp = { origin: httpOrigin, ...api, ...onRequest('ViewerFunction', 'viewer.js') }
  const kept = publicAnswersCache(scope)
  const distribution = new Distribution(scope, 'Edge', {
    comment: `StreamIt ${settings.stage}`,
    httpVersion: HttpVersion.HTTP2,
    priceClass: PriceClass.PRICE_CLASS_ALL,
    defaultRootObject: 'index.html',
    webAclId: settings.webAclArn,
    ...ownAddress(scope, settings),
    // No pages: an API's refusal stays what it is.
    errorResponses: FAULTS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessControl: new S3OriginAccessControl(scope, 'PagesAccess', {
          originAccessControlName: regionalName(scope),
        }),
        // With the right to list, S3 says 404 of a file that is not there, instead of 403.
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: pageHeaders(scope),
      ...onRequest('PagesFunction', 'pages.js'),
    },
    additionalBehaviors: {
      '/api/rooms/public': { ...toHttp, cachePolicy: kept },
      '/api/service': { ...toHttp, cachePolicy: kept },
      '/api/*': toHttp,
      '/ws/*': {
        origin: new HttpOrigin(apiDomain(scope, realtimeApi.apiId), { customHeaders }),
        ...api,
        ...onRequest('RealtimeFunction', 'realtime.js'),
      },
    },
  })
  Annotations.of(distribution).acknowledgeWarning(
    '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
    'The root is index.html, and the bucket holds public pages only.',
  )
  deployPages(scope, settings, bucket, distribution)
  return distribution
}

/**
 * What every page asks for: the public list, one answer per page of it, and how the service is. One per origin as well,
 * because CORS headers name it.
 */
const publicAnswersCache = (scope: Construct) =>
  new CachePolicy(scope, 'PublicRoomsCache', {
    minTtl: Duration.seconds(0),
    // Refusals say `no-store`; what says nothing is not kept either.
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(Math.max(PUBLIC_ROOMS_SECONDS, SERVICE_SECONDS)),
    queryStringBehavior: CacheQueryStringBehavior.allowList('cursor'),
    headerBehavior: CacheHeaderBehavior.allowList('Origin'),
  })

/** What stands in the built page for the address at which it is served. */
const PLACEHOLDER = 'https://edge.invalid'

/**
 * The page with its own address in it: services that show a card for a link want an absolute address of the picture.
 * The deployment fills it in, because nobody knows the distribution's domain before.
 */
const indexPage = (folder: string, host: string) => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  return Source.data('index.html', page.replaceAll(PLACEHOLDER, `https://${host}`))
}

/** Files named after their content are kept for ever, also by browsers that hold an old page; the rest is asked for anew. */
const deployPages = (scope: Construct, settings: Settings, bucket: Bucket, distribution: Distribution) => {
  const folder = bundleWeb()
  const common = {
    sources: [Source.asset(folder)],
    destinationBucket: bucket,
    prune: false,
    // Of the one function behind both. CDK's own group would stay for two years, and outlive the stack.
    logGroup: new LogGroup(scope, 'DeployPagesLogs', {
      retention: settings.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  }
  const files = new BucketDeployment(scope, 'DeployFiles', {
    ...common,
    exclude: ['*'],
    include: ['assets/*'],
    cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
  })
  const pages = new BucketDeployment(scope, 'DeployPages', {
    ...common,
    // What comes later lies over what came before.
    sources: [...common.sources, indexPage(folder, hostOf(distribution, settings))],
    exclude: ['assets/*'],
    // So the edge asks for them each time, and nothing has to be invalidated. A deployment would wait for that, and
    // fail as a whole where CloudFront is slow.
    cacheControl: [CacheControl.noCache()],
  })
  // A page never comes before the files that it names.
  pages.node.addDependency(files)
}

const pageHeaders = (scope: Construct) =>
  new ResponseHeadersPolicy(scope, 'PageHeaders', {
    responseHeadersPolicyName: regionalName(scope),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
  })
