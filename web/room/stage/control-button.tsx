import { Icon, type IconName } from '../../parts/icon.tsx'

type ControlButtonProps = {
  icon: IconName
  /** What it does, for those who do not see the picture. */
  label: string
  onClick: () => void
  className?: string
  /** For a switch: whether it is on. */
  isOn?: boolean
}

/** A picture under the video that does one thing. */
export const ControlButton = ({ icon, label, onClick, className = '', isOn }: ControlButtonProps) => (
  <button
    type="button"
    className={`control ${className}`.trim()}
    aria-label={label}
    aria-pressed={isOn}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
)
