/** Where the emulator is to run: `process` is one. */
export type System = { platform: string; arch: string }

export type EmulatorPackage = {
  name: string
  version: string
  /** What npm's copy must be, where it is pinned; elsewhere what the registry says counts, and is told. */
  integrity: string | undefined
  /** The file in the package. */
  program: string
}

/** The one that package.json installs on Linux x64, and that all tests have seen. */
const VERSION = '1.2.1'

/** The systems for which the authors of dynoxide publish a package. A registry may have fewer. */
const SYSTEMS: Record<string, { integrity?: string } | undefined> = {
  'linux-x64': {
    integrity: 'sha512-sBHqlxJ9ANkLluFkYRfd5r8Y0ApFew4FhOrlhgRAgD4XzEoFOukEo1nuBTQ1+jTtofqwn4NWQ2k0Tn5mNTjgUg==',
  },
  'linux-arm64': {},
  'darwin-x64': {},
  'darwin-arm64': {},
  'win32-x64': {},
}

/** The npm package with the DynamoDB emulator for a system; undefined where nobody publishes one. */
export const emulatorPackageFor = ({ platform, arch }: System): EmulatorPackage | undefined => {
  const system = SYSTEMS[`${platform}-${arch}`]
  if (system === undefined) return undefined
  return {
    name: `@dynoxide/${platform}-${arch}`,
    version: VERSION,
    integrity: system.integrity,
    program: platform === 'win32' ? 'dynoxide.exe' : 'dynoxide',
  }
}
