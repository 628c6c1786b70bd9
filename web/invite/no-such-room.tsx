import { JoinByCode } from '../home/join-by-code.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'

export const NoSuchRoom = () => (
  <PageFrame title={strings.noSuchRoom.title}>
    <div className="narrow stack">
      <h1>{strings.noSuchRoom.title}</h1>
      <p>{strings.noSuchRoom.text}</p>
      <JoinByCode />
    </div>
  </PageFrame>
)
