import type { FormEvent, ReactNode } from 'react'

/**
 * A form that is handled here instead of being sent to a page. The fields say themselves what is missing or wrong, in
 * the language and the look of the page. The browser's own bubbles have neither.
 */
export const Form = ({ onSubmit, children }: { onSubmit: () => unknown; children: ReactNode }) => {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    // Tells every field that is not valid, and shows nothing itself.
    if (form.checkValidity()) return void onSubmit()
    const invalid = form.querySelector<HTMLElement>('input:invalid')
    // What is folded away can neither be seen nor have the focus.
    invalid?.closest('details')?.setAttribute('open', '')
    invalid?.focus()
  }
  return (
    <form className="form" noValidate onSubmit={submit}>
      {children}
    </form>
  )
}
