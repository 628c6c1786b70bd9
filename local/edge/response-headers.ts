import type { ApiResponse } from '../http/request.ts'
import type { ResponseHeaders } from '../template/edge.ts'

type Added = { name: string; value: string; override: boolean }

const securityHeaders = ({ SecurityHeadersConfig: security }: ResponseHeaders): Added[] => {
  const added: Added[] = []
  const add = (name: string, value: string, override: boolean) => added.push({ name, value, override })
  const policy = security.ContentSecurityPolicy
  if (policy) add('content-security-policy', policy.ContentSecurityPolicy, policy.Override)
  if (security.ContentTypeOptions) add('x-content-type-options', 'nosniff', security.ContentTypeOptions.Override)
  if (security.FrameOptions) add('x-frame-options', security.FrameOptions.FrameOption, security.FrameOptions.Override)
  const referrer = security.ReferrerPolicy
  if (referrer) add('referrer-policy', referrer.ReferrerPolicy, referrer.Override)
  const transport = security.StrictTransportSecurity
  if (transport) {
    const subdomains = transport.IncludeSubdomains ? '; includeSubDomains' : ''
    const preload = transport.Preload ? '; preload' : ''
    // Kept although this is http://localhost: browsers heed it over https only.
    const value = `max-age=${transport.AccessControlMaxAgeSec}${subdomains}${preload}`
    add('strict-transport-security', value, transport.Override)
  }
  return added
}

/** A response with what a ResponseHeadersPolicy adds, overrides and removes. */
export const withResponseHeaders = (policy: ResponseHeaders | undefined, response: ApiResponse): ApiResponse => {
  if (policy === undefined) return response
  const custom = policy.CustomHeadersConfig.Items.map((item) => ({
    name: item.Header.toLowerCase(),
    value: item.Value,
    override: item.Override,
  }))
  const removed = new Set(policy.RemoveHeadersConfig.Items.map((item) => item.Header.toLowerCase()))
  let headers = response.headers.filter(([name]) => !removed.has(name.toLowerCase()))
  for (const { name, value, override } of [...securityHeaders(policy), ...custom]) {
    const present = headers.some(([each]) => each.toLowerCase() === name)
    if (present && !override) continue
    headers = [...headers.filter(([each]) => each.toLowerCase() !== name), [name, value]]
  }
  return { ...response, headers }
}
