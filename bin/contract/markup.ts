import { ruleNames } from './rules.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark)

export const code = (text: string): string => `<code>${escaped(text)}</code>`

/** Links of the documents lead to places of the page or of the server; those to other files of docs/ are words here. */
const link = (words: string, target: string): string =>
  target.startsWith('/') ? `<a href="${target.replace(/^\/docs(?=#)/, '')}">${words}</a>` : words

const known = new Set(ruleNames)

/** The little of CommonMark that rules and descriptions use within a line: code, links, stress. Numbers of rules are links. */
const inline = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`')
        ? code(part.slice(1, -1))
        : escaped(part)
            .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, words: string, target: string) => link(words, target))
            .replace(/\*([^*]+)\*/g, '<em>$1</em>')
            .replace(/(?<![\w#>])[A-Z]\d+\b/g, (name) => (known.has(name) ? `<a href="#${name}">${name}</a>` : name)),
    )
    .join('')

/** A text of CommonMark in paragraphs and lists of one level. */
export const markup = (text: string): string =>
  text
    .split('\n\n')
    .map((block) =>
      block.startsWith('- ')
        ? `<ul>${block
            .split('\n')
            .map((line) => `<li>${inline(line.slice(2))}</li>`)
            .join('')}</ul>`
        : `<p>${inline(block)}</p>`,
    )
    .join('\n')

/** The same without a paragraph around it. */
export const line = inline
