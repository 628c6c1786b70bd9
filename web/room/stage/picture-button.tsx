import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useStage } from './stage-context.tsx'

const canFloat = (element: HTMLVideoElement | null): element is HTMLVideoElement =>
  document.pictureInPictureEnabled && element !== null && typeof element.requestPictureInPicture === 'function'

/** The picture in a small window of its own, over everything else. There only where browser and video can. */
export const PictureButton = () => {
  const { element } = useStage()
  const [isFloating, setFloating] = useState(false)
  useEffect(() => {
    if (element === null) return
    const enter = () => setFloating(true)
    const leave = () => setFloating(false)
    element.addEventListener('enterpictureinpicture', enter)
    element.addEventListener('leavepictureinpicture', leave)
    return () => {
      leave()
      element.removeEventListener('enterpictureinpicture', enter)
      element.removeEventListener('leavepictureinpicture', leave)
    }
  }, [element])
  if (!canFloat(element)) return null
  const toggle = async () => {
    try {
      if (isFloating) await document.exitPictureInPicture()
      else await element.requestPictureInPicture()
    } catch (error) {
      // Refused by the browser, as before the first picture is there: the button can be pressed again.
      if (!(error instanceof DOMException)) throw error
    }
  }
  return (
    <button
      type="button"
      className="control picture-control"
      aria-label={strings.controls.pictureInPicture}
      title={strings.controls.pictureInPicture}
      aria-pressed={isFloating}
      onClick={() => void toggle()}
    >
      <Icon name="floating" />
    </button>
  )
}
