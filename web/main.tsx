import { createRoot } from 'react-dom/client'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/frame.css'
import { AccountProvider } from './account/account-provider.tsx'
import { App } from './app.tsx'
import { loadStrings } from './strings/strings.ts'

const container = document.getElementById('app')
if (container === null) throw new Error('The page has no element for the app.')

await loadStrings()
createRoot(container).render(
  <AccountProvider>
    <App />
  </AccountProvider>,
)
