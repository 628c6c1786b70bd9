import { useState } from 'react'
import { Dialog } from '../../parts/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useMayDo } from '../room-context.tsx'
import { ChooseVideo } from './choose-video.tsx'

type ChangeVideoProps = { look: 'control' | 'button' }

/** The host's way to another video: on the stage, where the video is, and not among the settings only. */
export const ChangeVideo = ({ look }: ChangeVideoProps) => {
  const mayChoose = useMayDo('choose')
  const [isOpen, setOpen] = useState(false)
  if (!mayChoose) return null
  return (
    <>
      <button
        type="button"
        className={look}
        aria-label={strings.stage.change}
        title={strings.stage.change}
        onClick={() => setOpen(true)}
      >
        <Icon name="video" />
        {look === 'button' ? strings.stage.change : null}
      </button>
      {isOpen ? (
        <Dialog title={strings.stage.change} onClose={() => setOpen(false)} className="change-video">
          <ChooseVideo onChosen={() => setOpen(false)} />
        </Dialog>
      ) : null}
    </>
  )
}
