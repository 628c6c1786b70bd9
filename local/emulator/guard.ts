import { type ChildProcess, spawn } from 'node:child_process'

type Command = { program: string; args: string[] }

/** Reads until the pipe closes, then ends the process that it is given. */
const PORTABLE = 'process.stdin.resume().once("close", () => process.kill(Number(process.argv[1]), "SIGKILL"))'

/** What waits for the end of this process and then ends `pid`: the shell, as it is there and small, or Node on Windows. */
export const watchdogCommand = (platform: string, pid: number | undefined): Command =>
  platform === 'win32'
    ? { program: process.execPath, args: ['--eval', PORTABLE, String(pid)] }
    : { program: '/bin/sh', args: ['-c', 'cat >/dev/null; kill -9 "$0"', String(pid)] }

/**
 * Ends `child` when this process is gone, however it went: the pipe to the watchdog then closes. Both run in process groups
 * of their own, so that Ctrl-C reaches this process alone and the emulator outlives the last write.
 */
export const guard = (child: ChildProcess, platform: string = process.platform): void => {
  const { program, args } = watchdogCommand(platform, child.pid)
  const watchdog = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, windowsHide: true })
  // The emulator is gone first: its process id may soon be somebody else's.
  child.once('exit', () => watchdog.kill('SIGKILL'))
  watchdog.unref()
}
