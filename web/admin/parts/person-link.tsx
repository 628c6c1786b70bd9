import { Link } from 'wouter'
import { shownName } from '../../parts/shown-name.ts'

/** A name that leads to the page of its person. */
export const PersonLink = ({ id, name }: { id: string; name: string }) => (
  <Link href={`/admin/people/${encodeURIComponent(id)}`}>{shownName(name)}</Link>
)
