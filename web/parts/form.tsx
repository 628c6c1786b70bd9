import type { ReactNode } from 'react'

/** A form that is handled here instead of being sent to a page. */
export const Form = ({ onSubmit, children }: { onSubmit: () => unknown; children: ReactNode }) => (
  <form
    className="form"
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)
