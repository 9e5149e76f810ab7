// The browser of the end-to-end tests: an installed Chromium, Chrome or Edge. It is not part of the packages and is not downloaded.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from '../../server/database/problem.mjs';
import { run } from './child.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge'];
const macPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const windowsPlaces = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

const howToPoint = 'install Chromium, Chrome or Edge, or set CHROMIUM_PATH to the program of one';

/**
 * @param {(sentence: string) => void} say
 * @returns {Promise<string>} the program's path
 */
export async function ensureBrowser(say) {
  const found = findBrowser(process.env);
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && isDebian()) {
    say('Installing Chromium for the end-to-end tests (apt-get install chromium).');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { cwd: '/', env });
    const { code, output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { cwd: '/', env });
    const installed = code === 0 ? findBrowser(process.env) : null;
    if (installed) return installed;
    throw new Problem(`Chromium cannot be installed (${output.trim().split('\n').at(-1) ?? ''}): ${howToPoint}.`);
  }
  throw new Problem(`No browser was found for the end-to-end tests: ${howToPoint}.`);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} [platform]
 * @returns {string | null}
 */
export function findBrowser(env, platform = process.platform) {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Problem(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which is no program: ${howToPoint}.`);
  }
  return placesOf(env, platform).find(isProgram) ?? null;
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
function placesOf(env, platform) {
  if (platform === 'darwin') return macPlaces;
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((top) =>
      top ? windowsPlaces.map((place) => join(top, place)) : [],
    );
  }
  return names.flatMap((name) => (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebian() {
  return existsSync('/etc/debian_version') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}
