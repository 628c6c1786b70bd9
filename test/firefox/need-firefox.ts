import { findFirefox } from '../browser/firefox.ts'

// Before the tests: without the browser they could say it only one by one.
if (findFirefox() === undefined) {
  console.error('There is no Firefox on this machine: install it with "apt-get install firefox-esr".')
  process.exitCode = 1
}
