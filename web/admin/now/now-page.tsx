import { useState } from 'react'
import { ADMIN_ROOMS_COUNTED } from '../../../protocol/limits.ts'
import { Choice } from '../../parts/choice.tsx'
import { Loading } from '../../parts/loading.tsx'
import { sentenceFor } from '../../parts/use-action.ts'
import { locale } from '../../strings/strings.ts'
import { Failure } from '../parts/answered.tsx'
import { Heading } from '../parts/heading.tsx'
import { clockTime } from '../parts/moment.tsx'
import { words } from '../strings/strings.ts'
import { Numbers } from './numbers.tsx'
import { type Period, useNow } from './use-now.ts'
import { WhatHappened } from './what-happened.tsx'

const periods = ['hour', 'day', 'month'] as const satisfies readonly Period[]

/** How the service is at this moment, and what happened lately. */
export const NowPage = () => {
  const [period, setPeriod] = useState<Period>('hour')
  const { now, error, ask } = useNow(period)
  const format = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format
  return (
    <>
      <div className="admin-head">
        <Heading>{words.now.title}</Heading>
        <p>{words.now.about}</p>
      </div>
      <Choice
        legend={words.now.period}
        value={period}
        onChange={setPeriod}
        options={periods.map((value) => ({
          value,
          label: words.now.periods[value],
          note: words.now.notes[value],
        }))}
      />
      {now === null && error === null ? <Loading /> : null}
      {error !== null && (now === null || error.code === 'sign_in_again') ? (
        <Failure error={error} retry={ask} />
      ) : null}
      {now === null ? null : (
        <>
          <Numbers now={now} format={format} />
          <p className="field-note">
            {error === null
              ? words.now.at(clockTime(now.at))
              : words.now.stale(clockTime(now.at), sentenceFor(error, words.refusals))}{' '}
            {now.is_more ? words.now.isMore(ADMIN_ROOMS_COUNTED) : null}
          </p>
          <WhatHappened now={now} period={period} format={format} />
        </>
      )}
    </>
  )
}
