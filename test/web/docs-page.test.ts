import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import asyncApi from '../../docs/asyncapi.json' with { type: 'json' }
import openApi from '../../docs/openapi.json' with { type: 'json' }
import { bundleWeb } from '../../lib/bundle-web.ts'
import { root } from '../repository.ts'

const page = readFileSync(join(bundleWeb(), 'docs.html'), 'utf8')
const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)
const protocol = readFileSync(join(root, 'docs', 'protocol.md'), 'utf8')

describe('[H13] the page at /docs', () => {
  it('has every call, every frame and every rule, once', () => {
    const calls = Object.values(openApi.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }: { operationId: string }) => operationId),
    )
    const rules = [...protocol.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\*/gm)].map(([, rule = '']) => rule)
    const named = [...calls, ...Object.keys(asyncApi.components.messages), ...rules]
    expect(named.filter((id) => !ids.includes(id))).toEqual([])
    expect(ids).toEqual([...new Set(ids)])
  })

  it('links only to places that it has, and to the documents', () => {
    const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, link = '']) => link)
    const elsewhere = links.filter((link) => !link.startsWith('#'))
    expect(links.length).toBeGreaterThan(200)
    expect(links.filter((link) => link.startsWith('#') && !ids.includes(link.slice(1)))).toEqual([])
    expect([...new Set(elsewhere)].sort()).toEqual(['/', '/api/asyncapi.json', '/api/openapi.json', '/docs'])
  })

  it('needs no script and no style of its own', () => {
    expect(page).not.toMatch(/<script|<style| style=| on\w+=/)
  })

  it('leaves no mark of CommonMark standing', () => {
    expect(page.replace(/<pre>.*?<\/pre>|<code>.*?<\/code>/gs, '')).not.toMatch(/\]\(|\*\*|`/)
  })
})
