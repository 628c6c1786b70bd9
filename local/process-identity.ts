import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

type Reader = 'proc' | 'ps' | 'powershell'

const run = (program: string, args: string[], env: NodeJS.ProcessEnv = process.env): string =>
  execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })

/** The time at which a process started, as each system tells it: a text that stays the same while the process lives. */
const readers: Record<Reader, (pid: number) => string> = {
  proc: (pid) => {
    // After the command name, which may itself hold spaces and brackets, the start time is the twentieth field.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  },
  ps: (pid) =>
    // In one language and one time zone, as the next start may have others.
    run('ps', ['-o', 'lstart=', '-p', String(pid)], { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }),
  powershell: (pid) =>
    run('powershell.exe', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().Ticks`]),
}

/** How a system tells when a process started: /proc on Linux, PowerShell on Windows, ps everywhere else. */
export const startTimeReader = (platform: string): Reader => {
  if (platform === 'linux') return 'proc'
  return platform === 'win32' ? 'powershell' : 'ps'
}

/** A process id comes round again; together with the time at which its process started it does not. */
export const identityOf = (pid: number, reader = startTimeReader(process.platform)): string => {
  try {
    process.kill(pid, 0)
  } catch {
    return 'gone'
  }
  try {
    return `${pid} ${readers[reader](pid).trim()}`
  } catch {
    return String(pid)
  }
}
