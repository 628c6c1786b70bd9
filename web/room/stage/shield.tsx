import { useRef } from 'react'
import { useStage } from './stage-context.tsx'

/**
 * Over the picture: embeds must not be clicked out of step. Everything it does has a button or a key as well. It opens
 * while the embed asks for something itself, such as to skip an advertisement.
 */
export const Shield = ({ isOpen, wake }: { isOpen: boolean; wake: () => void }) => {
  const { commands } = useStage()
  // Of a click itself not every browser says what made it.
  const pressedBy = useRef('')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only
    <div
      role="presentation"
      className="shield"
      data-open={isOpen}
      onPointerDown={({ pointerType }) => {
        pressedBy.current = pointerType
      }}
      // A press and a release here, by the main button.
      onClick={() => {
        wake()
        if (pressedBy.current === 'mouse') commands.toggle()
      }}
    />
  )
}
