import { useAccount } from '../../account/account-provider.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { Form } from '../../parts/form.tsx'
import { useAction } from '../../parts/use-action.ts'
import { LinkField } from '../../players/link-field.tsx'
import { useLink } from '../../players/use-link.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** The one field that the room's video needs; `onChosen` once the room has it. */
export const ChooseVideo = ({ onChosen }: { onChosen?: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const link = useLink()
  const choosing = useAction(async () => {
    const found = await link.read()
    if (found === null) return
    await call('rooms/settings', { room_id: code, ...found })
    onChosen?.()
  })
  return (
    <Form onSubmit={choosing.run}>
      <LinkField {...link.field} isNeeded />
      <ActionFailure error={choosing.failure} />
      <button
        type="submit"
        className="button primary"
        disabled={link.field.value === ''}
        aria-busy={choosing.isRunning}
      >
        {link.submitLabel(strings.stage.choose)}
      </button>
    </Form>
  )
}
