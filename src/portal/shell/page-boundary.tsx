import { Component, type ReactNode } from 'react'
import { ErrorBar } from '../controls/error-bar.tsx'
import { PageFrame } from './page.tsx'

interface PageBoundaryState {
  readonly error: unknown
}

/** Keeps the menu when a page fails to load or to draw, and says why. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, PageBoundaryState> {
  override state: PageBoundaryState = { error: undefined }

  static getDerivedStateFromError(error: unknown): PageBoundaryState {
    return { error: error ?? new Error('The page failed.') }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <PageFrame title="This page failed">
        <ErrorBar error={error} onRetry={() => this.setState({ error: undefined })} />
      </PageFrame>
    )
  }
}
