/** Two plays in one step. */
export const Wordmark = () => (
  <span className="wordmark">
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" />
      <path
        d="M9 9.6v12.8c0 .8.9 1.3 1.600.9l5.4-3.4v2.5c0 .8.9 1.3 1.600.9l10-6.4c.6-.4.6-1.4 0-1.8l-10-6.4c-.7-.4-1.6 0-1.600.9v2.5l-5.4-3.4c-.7-.4-1.6 0-1.600.9z"
        transform="translate(-1.8 0)"
      />
    </svg>
    <span className="wordmark-name">StreamIt</span>
  </span>
)
