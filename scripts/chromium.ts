import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program of a real Chromium: `CHROMIUM` names one, else Debian's or Chrome; null when there is none. */
export function chromiumProgram(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : null;
  return places.find((place) => existsSync(place)) ?? null;
}

/** Why no browser can be started here, in words; null when one can. In CI Debian's package is installed first. */
export function chromiumMissing(): string | null {
  if (chromiumProgram() !== null) return null;
  if (process.env['CI'] === undefined) return 'Chromium is not installed (Debian: apt-get install chromium)';
  if (process.getuid?.() !== 0) return 'Chromium is not installed, and installing it needs root';
  execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {
    stdio: 'ignore',
  });
  return chromiumProgram() === null ? 'apt-get installed chromium, but its program is not found' : null;
}
