import { useState } from 'react'
import { strings } from '../../strings/strings.ts'
import { formatTime } from '../format-time.ts'
import { toggleFullscreen, useIsFullscreen } from '../fullscreen.ts'
import { useMayDo } from '../room-context.tsx'
import { useRoomView } from '../room-view.tsx'
import { AskPause } from './ask-pause.tsx'
import { CaptionsButton } from './captions-button.tsx'
import { ChangeVideo } from './change-video.tsx'
import { ControlButton } from './control-button.tsx'
import { Driver } from './driver.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { LiveBadge } from './live-badge.tsx'
import { PictureButton } from './picture-button.tsx'
import { SeekBar } from './seek-bar.tsx'
import { useStage } from './stage-context.tsx'
import { VolumeControl } from './volume-control.tsx'

export const Controls = () => {
  const { element, playhead, commands, aim, stage } = useStage()
  const mayCommand = useMayDo('command')
  const isFullscreen = useIsFullscreen()
  const { isTheatre, setTheatre } = useRoomView()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const { position, duration, phase, isLive } = playhead
  const isOn = phase !== 'paused'

  return (
    <div className="controls">
      <SeekBar />
      <div className="controls-row">
        {mayCommand ? (
          <ControlButton
            icon={isOn ? 'pause' : 'play'}
            label={isOn ? strings.controls.pause : strings.controls.play}
            onClick={commands.toggle}
            className="play"
          />
        ) : null}
        <VolumeControl />
        {isLive ? (
          <LiveBadge />
        ) : (
          <span className="time">
            {formatTime(aim.at ?? position)}
            {duration === null ? null : <span className="time-duration"> / {formatTime(duration)}</span>}
          </span>
        )}
        <Driver />
        <AskPause />
        <ChangeVideo look="control" />
        <CaptionsButton />
        <PictureButton />
        <ControlButton
          icon="help"
          label={strings.controls.help}
          onClick={() => setHelpOpen(true)}
          className="help-control"
        />
        <ControlButton
          icon="theatre"
          label={isTheatre ? strings.controls.exitTheatre : strings.controls.theatre}
          onClick={() => setTheatre(!isTheatre)}
        />
        <ControlButton
          icon={isFullscreen ? 'window' : 'fullscreen'}
          label={isFullscreen ? strings.controls.exitFullscreen : strings.controls.fullscreen}
          onClick={() => toggleFullscreen(stage.current, element)}
        />
      </div>
      {isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null}
    </div>
  )
}
