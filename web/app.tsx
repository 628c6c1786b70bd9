import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { codeIn } from './home/code-in.ts'
import { HomePage } from './home/home-page.tsx'
import { loadChunk } from './parts/load-chunk.ts'
import { Loading } from './parts/loading.tsx'
import { NotFoundPage } from './parts/not-found-page.tsx'

// The home page waits for nothing but itself. Most of the client is the room.
const RoomEntrance = lazy(async () => ({
  default: (await loadChunk(() => import('./invite/room-entrance.tsx'))).RoomEntrance,
}))
const SignInPage = lazy(async () => ({
  default: (await loadChunk(() => import('./account/sign-in-page.tsx'))).SignInPage,
}))
const AccountPage = lazy(async () => ({
  default: (await loadChunk(() => import('./account/account-page.tsx'))).AccountPage,
}))
const ResetPage = lazy(async () => ({
  default: (await loadChunk(() => import('./account/reset-page.tsx'))).ResetPage,
}))
const Administration = lazy(async () => ({
  default: (await loadChunk(() => import('./admin/administration.tsx'))).Administration,
}))

export const App = () => (
  <Suspense fallback={<Loading />}>
    <Switch>
      <Route path="/">
        <HomePage />
      </Route>
      <Route path="/sign-in">
        <SignInPage />
      </Route>
      <Route path="/account">
        <AccountPage />
      </Route>
      <Route path="/reset">
        <ResetPage />
      </Route>
      <Route path="/admin/*?">
        <Administration />
      </Route>
      <Route path="/r/:code">
        {({ code: typed }) => {
          // One address for a room, however its code was typed or pasted.
          const code = codeIn(typed) ?? typed
          return code === typed ? <RoomEntrance key={code} code={code} /> : <Redirect to={`/r/${code}`} replace />
        }}
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  </Suspense>
)
