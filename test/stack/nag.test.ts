import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'

type Finding = {
  ruleName: string
  severity: string
  violatingConstructs: { constructPath: string }[]
  acknowledgedId?: string
  reason?: string
  acknowledgedAt?: string
}
type Report = {
  pluginReports: {
    pluginName: string
    conclusion: string
    violations: Finding[]
    suppressedViolations: Finding[]
  }[]
}

const readReport = (): Report =>
  JSON.parse(readFileSync(join(inject('stack').assets, 'validation-report.json'), 'utf8'))

const [nag, ...others] = readReport().pluginReports
const acknowledged = nag?.suppressedViolations ?? []

describe('cdk-nag', () => {
  it('has looked at the stack, with the AwsSolutions rules, and nothing else has', () => {
    expect(nag?.pluginName).toBe('AwsSolutions')
    expect(others).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(0)
  })

  it('finds nothing that is not acknowledged', () => {
    expect(nag?.conclusion).toBe('success')
    expect(nag?.violations.map(({ ruleName, violatingConstructs }) => ({ ruleName, violatingConstructs }))).toEqual([])
  })
})

describe('every acknowledgement', () => {
  const named = acknowledged.map((finding) => [`${finding.ruleName} at ${finding.acknowledgedAt}`, finding] as const)

  it.each(named)('names one rule: %s', (_name, finding) => {
    // Exactly the finding's id: a bare family such as IAM5 would cover whatever comes later.
    expect(finding.acknowledgedId).toBe(`AwsSolutions::${finding.ruleName}`)
    expect(finding.ruleName).not.toMatch(/^AwsSolutions-IAM[45]$/)
  })

  it.each(named)('names one resource: %s', (_name, finding) => {
    expect(finding.violatingConstructs.map((one) => one.constructPath)).toEqual([finding.acknowledgedAt])
    expect(finding.acknowledgedAt).toMatch(/\/Resource$/)
  })

  it.each(named)('gives a reason in a sentence: %s', (_name, finding) => {
    expect(finding.reason).toMatch(/^[A-Z*].{20,}\.$/s)
  })

  it('concerns a different rule or resource', () => {
    const all = named.map(([name]) => name)
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([])
  })
})
