import { Component, type ReactNode } from 'react'

type ErrorBoundaryProps = {
  /** What stands in the place of what broke, with a way on. */
  instead: (error: unknown, retry: () => void) => ReactNode
  children: ReactNode
}
type Broken = { error: unknown } | null

/** Keeps an error in one part of the page from taking the whole page away. React logs the error. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: Broken }> {
  override state: { broken: Broken } = { broken: null }

  static getDerivedStateFromError(error: unknown): { broken: Broken } {
    return { broken: { error } }
  }

  readonly retry = (): void => this.setState({ broken: null })

  override render(): ReactNode {
    const { broken } = this.state
    return broken === null ? this.props.children : this.props.instead(broken.error, this.retry)
  }
}
