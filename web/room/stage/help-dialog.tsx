import { Dialog } from '../../parts/dialog.tsx'
import { strings } from '../../strings/strings.ts'
import { useIsHost } from '../room-context.tsx'

const forHost = [
  { keys: ['Space'], does: 'toggle' },
  { keys: ['←', '→'], does: 'skip' },
] as const
const forAll = [
  { keys: ['↑', '↓'], does: 'volume' },
  { keys: ['M'], does: 'mute' },
  { keys: ['C'], does: 'captions' },
  { keys: ['F'], does: 'fullscreen' },
  { keys: ['T'], does: 'theatre' },
  { keys: ['Enter'], does: 'chat' },
  { keys: ['Esc'], does: 'escape' },
  { keys: ['?'], does: 'help' },
] as const

export const HelpDialog = ({ onClose }: { onClose: () => void }) => {
  const isHost = useIsHost()
  return (
    <Dialog title={strings.help.title} onClose={onClose}>
      <dl className="key-list">
        {[...(isHost ? forHost : []), ...forAll].map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === 'Space' ? strings.help.space : key}</kbd>
              ))}
            </dt>
            <dd>{strings.help[does]}</dd>
          </div>
        ))}
      </dl>
      {isHost ? null : <p className="field-note">{strings.help.hostOnly}</p>}
    </Dialog>
  )
}
