import { Link } from 'wouter'
import { strings } from '../strings/strings.ts'

/** Behind this door is nobody, and maybe nobody comes any more: says so, and where to go instead. */
export const NobodyThere = ({ text }: { text: string }) => (
  <div className="stack">
    <p className="notice">{text}</p>
    <Link href="/">{strings.makeYourOwn}</Link>
  </div>
)
