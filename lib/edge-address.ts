import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { type Distribution, type DistributionProps, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { Settings } from './settings.ts'

type OwnAddress = Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'>

/** The host name of one's own, where there is one. With CloudFront's own certificate the minimum of TLS cannot be chosen. */
export const ownAddress = (scope: Construct, { domain, certificateArn }: Settings): OwnAddress =>
  domain === undefined || certificateArn === undefined
    ? {}
    : {
        domainNames: [domain],
        certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }

/** The host under which people know the service. */
export const hostOf = (distribution: Distribution, { domain }: Settings): string =>
  domain ?? distribution.distributionDomainName
