import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { code, escaped, line, markup } from './markup.ts'
import { fieldList, refusalList } from './page-parts.ts'
import { type AsyncApi, type OpenApi, type Operation, resolved, type ToldMessage } from './published.ts'
import { ruleSections } from './rules.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const read = (file: string) => JSON.parse(readFileSync(join(docs, file), 'utf8'))

const example = (value: unknown): string =>
  value === undefined ? '' : `<pre><code>${escaped(JSON.stringify(value, null, 2))}</code></pre>`

/** Who may call, in words. */
const caller = ({ security }: Operation): string => {
  if (security.length === 0) return 'Anybody may call.'
  return security.length === 1 ? 'Needs a token.' : 'Takes a token.'
}

const call = (method: string, path: string, operation: Operation, document: OpenApi): string => {
  const { operationId, summary, description, parameters, requestBody } = operation
  const sent = requestBody?.content['application/json'] ?? { schema: { properties: {} } }
  const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
  return `<section id="${operationId}">
<h3>${code(`${method.toUpperCase()} ${path}`)}</h3>
<p>${line(summary)} ${caller(operation)}</p>
${markup(description)}
${fieldList('Reads', sent.schema, parameters)}${example(sent.example)}
${answers
  .map(([status, { content }]) => {
    const answer = content?.['application/json']
    return `${fieldList(`Answers ${status} with`, resolved(answer?.schema ?? {}, document))}${example(answer?.example)}`
  })
  .join('')}
${refusalList(operation, document)}
</section>`
}

const frame = (id: string, message: ToldMessage, document: AsyncApi): string => `<section id="${id}">
<h3>${code(message.name)}</h3>
<p>${line(message.summary)}</p>
${markup(message.description)}
${fieldList('Fields', resolved(message.payload, document))}${example(message.examples[0]?.payload)}
</section>`

const rules = ruleSections.map(
  ({ title, rules }) => `<section><h3>${line(title)}</h3>
${rules.map(({ name, text }) => `<p id="${name}"><strong>${name}</strong> ${line(text)}</p>`).join('\n')}
</section>`,
)

const contents = (title: string, entries: readonly (readonly [id: string, name: string])[]): string =>
  `<details><summary>${title}</summary><ul>${entries
    .map(([to, name]) => `<li><a href="#${to}">${escaped(name)}</a></li>`)
    .join('')}</ul></details>`

/** What stands in the page at /docs: both documents and the rules, for people. Made when the web client is built. */
export const contractPage = (): string => {
  const openApi: OpenApi = read('openapi.json')
  const asyncApi: AsyncApi = read('asyncapi.json')
  const calls = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
  const frames = Object.entries(asyncApi.components.messages)
  const from = (end: string) => frames.filter(([id]) => id.endsWith(end))
  const shown = (list: typeof frames) => list.map(([id, message]) => frame(id, message, asyncApi)).join('\n')
  const named = (list: typeof frames) => list.map(([id, { name }]) => [id, name] as const)
  return `<nav aria-label="Contents">
${contents(
  'Calls',
  calls.map(({ path, operation }) => [operation.operationId, path.slice('/api/'.length)]),
)}
${contents('Frames from clients', named(from('_from_client')))}
${contents('Frames from the server', named(from('_from_server')))}
<p><a href="#rules">Rules</a></p>
</nav>
<main id="contract">
<h1>The contract of StreamIt</h1>
<p>For programs: <a href="/api/openapi.json">openapi.json</a> and <a href="/api/asyncapi.json">asyncapi.json</a>, version ${escaped(openApi.info.version)}.</p>
<h2 id="calls">Calls</h2>
${markup(openApi.info.description)}
${calls.map(({ method, path, operation }) => call(method, path, operation, openApi)).join('\n')}
<h2 id="from-clients">Frames from clients</h2>
${markup(asyncApi.info.description)}
${shown(from('_from_client'))}
<h2 id="from-the-server">Frames from the server</h2>
${shown(from('_from_server'))}
<h2 id="rules">Rules</h2>
${rules.join('\n')}
</main>`
}
