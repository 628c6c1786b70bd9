type SwitchProps = { label: string; isOn: boolean; onChange: (isOn: boolean) => void }

export const Switch = ({ label, isOn, onChange }: SwitchProps) => (
  <label className="switch">
    <span>{label}</span>
    <input
      type="checkbox"
      role="switch"
      checked={isOn}
      aria-checked={isOn}
      onChange={(event) => onChange(event.target.checked)}
    />
  </label>
)
