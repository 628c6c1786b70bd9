import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../package.json' with { type: 'json' }
import { root } from './repository.ts'

type Step = { uses?: string; run?: string; with?: Record<string, string>; env?: Record<string, string> }
type Job = {
  if?: string
  environment?: string
  permissions?: Record<string, string>
  steps: Step[]
  env?: Record<string, string>
}
type Workflow = { on: Record<string, unknown>; permissions: Record<string, string>; jobs: Record<string, Job> }

const folder = join(root, '.github/workflows')
const read = (file: string): Workflow => parse(readFileSync(join(folder, file), 'utf8'))
const files = readdirSync(folder)
const stepsOf = (workflow: Workflow): Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps)
const commandsIn = (step: Step): string[] => (step.run ?? '').split('\n').filter(Boolean)

describe.each(files)('the workflow %s', (file) => {
  const workflow = read(file)

  it('calls only scripts of package.json, programs of npm that are installed, and files that exist', () => {
    const lines = stepsOf(workflow).flatMap(commandsIn).join('\n')
    const scripts = [...lines.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name)
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([])
    const programs = [...lines.matchAll(/npx ([\w-]+)/g)].map(([, name = '']) => name)
    expect(programs.filter((name) => !existsSync(join(root, 'node_modules/.bin', name)))).toEqual([])
    const called = [...lines.matchAll(/bash ([\w./-]+)/g)].map(([, name = '']) => name)
    expect(called.filter((name) => !existsSync(join(root, name)))).toEqual([])
  })

  it('pins every action: those of GitHub to a version, others to their content', () => {
    for (const { uses } of stepsOf(workflow).filter((step) => step.uses !== undefined))
      expect(uses).toMatch(/^(actions\/[\w-]+@v\d+|[\w-]+\/[\w-]+@[0-9a-f]{40})$/)
  })

  it('may read the repository and nothing more, but for the token that AWS asks for', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const { permissions } of Object.values(workflow.jobs))
      if (permissions !== undefined) expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  })

  it('puts nothing into a command that somebody else may have written', () => {
    for (const step of stepsOf(workflow)) expect(step.run ?? '').not.toContain('${{')
  })
})

describe('deploy.yml', () => {
  const { on, jobs } = read('deploy.yml')
  const { diff, deploy } = jobs
  const text = readFileSync(join(folder, 'deploy.yml'), 'utf8')
  const indexOf = (job: Job | undefined, pattern: RegExp): number =>
    job?.steps.findIndex(({ run = '', uses = '' }) => pattern.test(run) || pattern.test(uses)) ?? -1

  it('shows on pull requests what would change, and deploys by a tag or by hand', () => {
    expect(Object.keys(on).sort()).toEqual(['pull_request', 'push', 'workflow_dispatch'])
    expect(on.push).toEqual({ tags: ['v*'] })
    expect(diff?.if).toContain("github.event_name == 'pull_request'")
    expect(diff?.steps.flatMap(commandsIn).join()).toMatch(/cdk diff/)
    expect(diff?.steps.flatMap(commandsIn).join()).not.toMatch(/cdk deploy/)
    expect(deploy?.if).toContain("github.event_name != 'pull_request'")
  })

  it('has no key: the role comes from the token of the run, and the environment asks somebody first', () => {
    expect(text).not.toMatch(/aws-access-key|AWS_ACCESS_KEY|AWS_SECRET/)
    expect(deploy?.environment).toContain('prod')
    for (const job of [diff, deploy]) {
      const step = job?.steps[indexOf(job, /configure-aws-credentials/)]
      expect(Object.keys(step?.with ?? {}).sort()).toEqual(['aws-region', 'role-to-assume'])
    }
  })

  it('smokes what it has deployed, and keeps the source maps of it', () => {
    const order = [/npm ci/, /configure-aws-credentials/, /cdk deploy/, /upload-artifact/, /npm run smoke/]
    const places = order.map((pattern) => indexOf(deploy, pattern))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    // A run has no terminal that could be asked.
    expect(deploy?.steps[places[2] ?? -1]?.run).toContain('--require-approval never')
    expect(deploy?.steps[places[3] ?? -1]?.with?.path).toBe('.build/source-maps')
  })
})
