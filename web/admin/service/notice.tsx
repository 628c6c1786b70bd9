import { useId, useState } from 'react'
import { MAX_NOTICE_CHARACTERS } from '../../../protocol/limits.ts'
import { ActButton } from '../parts/act-button.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import type { ChangeService } from './service-page.tsx'

type NoticeProps = { notice: string | null; change: ChangeService }

/** What all pages show, and another text for it. */
export const Notice = ({ notice, change }: NoticeProps) => {
  const id = useId()
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const over = text.length - MAX_NOTICE_CHARACTERS
  return (
    <Section title={words.service.notice}>
      {notice === null ? (
        <p>{words.service.noNotice}</p>
      ) : (
        <>
          <blockquote className="admin-notice">{notice}</blockquote>
          <div className="admin-acts">
            <ActButton
              label={words.service.takeDown}
              title={words.service.takeDownTitle}
              text={words.service.takeDownText}
              act={() => change({ notice: null })}
              done={words.service.takenDown}
            />
          </div>
        </>
      )}
      <div className="field">
        <label htmlFor={id}>{words.service.noticeField}</label>
        <textarea
          id={id}
          rows={3}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-describedby={`${id}-note`}
          aria-invalid={over > 0}
        />
        <p id={`${id}-note`} className={over > 0 ? 'field-note problem' : 'field-note'} aria-live="polite">
          {over > 0
            ? words.service.noticeOver(over, MAX_NOTICE_CHARACTERS)
            : words.service.noticeHint(MAX_NOTICE_CHARACTERS)}
        </p>
      </div>
      {text === '' || over > 0 ? null : (
        <div className="admin-acts">
          <ActButton
            label={words.service.showNotice}
            look="primary"
            title={words.service.showTitle}
            text={text}
            act={() => change({ notice: text })}
            done={words.service.noticeShown}
            onDone={() => setTyped('')}
          />
        </div>
      )}
    </Section>
  )
}
