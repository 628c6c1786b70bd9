/** Short words of what somebody or something is, beside its name. What does not apply is left out. */
export const Badges = ({ of }: { of: readonly (string | false)[] }) => (
  <span className="admin-badges">
    {of.map((badge) =>
      badge === false ? null : (
        <span key={badge} className="admin-badge">
          {badge}
        </span>
      ),
    )}
  </span>
)
