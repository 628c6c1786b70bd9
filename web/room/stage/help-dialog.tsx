import { Dialog } from '../../parts/dialog.tsx'
import { strings } from '../../strings/strings.ts'
import { useMayDo } from '../room-context.tsx'

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
  const mayCommand = useMayDo('command')
  return (
    <Dialog title={strings.help.title} onClose={onClose}>
      <dl className="key-list">
        {[...(mayCommand ? forHost : []), ...forAll].map(({ keys, does }) => (
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
      {mayCommand ? null : <p className="field-note">{strings.help.hostOnly}</p>}
    </Dialog>
  )
}
