import { useState } from 'react'
import { useAccount } from '../account/account-provider.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { useAction } from '../parts/use-action.ts'
import { LinkField } from '../players/link-field.tsx'
import { mediaOfLink } from '../players/media-of-link.ts'
import { strings } from '../strings/strings.ts'
import { useRoom } from './room-context.tsx'

export const ChooseVideo = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const [link, setLink] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const choosing = useAction(async () => {
    const found = await mediaOfLink(link)
    if ('problem' in found) return setProblem(found.problem)
    await call('rooms/settings', { room_id: code, media: found.media })
    setLink('')
  })
  return (
    <form
      className="form choose-video"
      onSubmit={(event) => {
        event.preventDefault()
        void choosing.run()
      }}
    >
      <LinkField
        value={link}
        problem={problem}
        onChange={(value) => {
          setProblem(null)
          setLink(value)
        }}
      />
      <ActionFailure error={choosing.failure} />
      <button type="submit" className="button primary" disabled={link === ''} aria-busy={choosing.isRunning}>
        {strings.stage.choose}
      </button>
    </form>
  )
}
