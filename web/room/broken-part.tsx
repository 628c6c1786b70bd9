import { strings } from '../strings/strings.ts'

/** In the place of the stage or the panel after an error in it. The other one goes on. */
export const BrokenPart = ({ part, retry }: { part: 'stage' | 'panel'; retry: () => void }) => (
  <section className={`${part} broken-part`} role="alert">
    <p>{strings.broken[part]}</p>
    <button type="button" className="button" onClick={retry}>
      {strings.tryAgain}
    </button>
  </section>
)
