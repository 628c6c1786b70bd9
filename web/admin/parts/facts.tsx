import type { ReactNode } from 'react'

/** What is known of one thing, each with its word. What is null is left out. */
export const Facts = ({ of }: { of: readonly (readonly [word: string, fact: ReactNode] | null)[] }) => (
  <dl className="admin-facts">
    {of.map((one) =>
      one === null ? null : (
        <div key={one[0]}>
          <dt>{one[0]}</dt>
          <dd>{one[1]}</dd>
        </div>
      ),
    )}
  </dl>
)
