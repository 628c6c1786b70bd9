import { createRoot } from 'react-dom/client'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/frame.css'
import { AccountProvider } from './account/account-provider.tsx'
import { App } from './app.tsx'
import { BrokenPage } from './parts/broken-page.tsx'
import { ErrorBoundary } from './parts/error-boundary.tsx'
import { LateNotice } from './service/late-notice.tsx'
import { LANGUAGE_CHOSEN, language, loadStrings } from './strings/strings.ts'

const container = document.getElementById('app')
if (container === null) throw new Error('The page has no element for the app.')

const root = createRoot(container)
const draw = async () => {
  await loadStrings()
  root.render(
    <ErrorBoundary key={language} instead={(error, retry) => <BrokenPage error={error} retry={retry} />}>
      <AccountProvider>
        <LateNotice />
        <App />
      </AccountProvider>
    </ErrorBoundary>,
  )
}
addEventListener(LANGUAGE_CHOSEN, draw)
// Not awaited here: chunks that import this one would wait for what waits for them.
void draw()
