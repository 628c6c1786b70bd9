import { Construct } from 'constructs'
import type { Settings } from '../settings.ts'
import { createAlarmTopic } from './alarm-topic.ts'
import { createAlarms } from './alarms.ts'
import { createDashboard } from './dashboard.ts'
import type { Watched } from './watched.ts'

/** How operators see the stage. */
export const createMonitoring = (
  scope: Construct,
  settings: Settings,
  made: Omit<Watched, 'reservedConcurrency' | 'stage'>,
): void => {
  const monitoring = new Construct(scope, 'Monitoring')
  const { stage, reservedConcurrency, alarmEmail, documentsUrl } = settings
  const watched: Watched = { stage, reservedConcurrency, ...made }
  const topic = alarmEmail === undefined ? undefined : createAlarmTopic(monitoring, alarmEmail)
  const alarms = createAlarms(monitoring, watched, { topic, documentsUrl })
  createDashboard(monitoring, watched, alarms, topic !== undefined)
}
