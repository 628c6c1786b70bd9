/** Only these are read from the process: by the SDK itself, which has no other way to be told. */
const OF_THE_SDK =
  /^AWS_(ENDPOINT_URL_|REGION$|DEFAULT_REGION$|ACCESS_KEY_ID$|SECRET_ACCESS_KEY$|SESSION_TOKEN$|LAMBDA_FUNCTION_NAME$|\w+_FILE$)/

/** Points the AWS SDK of this process at the local runtime. Returns the way back. */
export const pointSdk = (environment: Readonly<Record<string, string>>): (() => void) => {
  const ours = Object.entries(environment).filter(([name]) => OF_THE_SDK.test(name))
  const before = ours.map(([name]) => [name, process.env[name]] as const)
  Object.assign(process.env, Object.fromEntries(ours))
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
