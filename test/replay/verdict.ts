// What one story came to: the bytes of its trace as a hash, and the laws that it broke. The same file runs in Node.js and in a browser.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { formatTrace } from '../../sim/kernel/trace';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import { ALWAYS, LAWS } from './laws';
import { isWhole, play } from './play';
import type { Story } from './story';

export interface Verdict {
  /** SHA-256 of the trace as text. */
  hash: string;
  facts: number;
  /** False when the world reached one of its limits: only what holds always is asked of it. */
  isWhole: boolean;
  breaches: string[];
}

export function judge(story: Story, sandboxes: SandboxFactory): Verdict {
  const played = play(story, sandboxes);
  const { world, unanswered } = played;
  const whole = isWhole(played);
  const breaches = Object.entries(whole ? { ...ALWAYS, ...LAWS } : ALWAYS).flatMap(([law, breachesOf]) =>
    breachesOf(world).map((breach) => `${law}: ${breach}.`),
  );
  if (whole) breaches.push(...unanswered.map((call) => `every call of the driver is answered: ${call} never was.`));
  world.dispose();
  return { hash: bytesToHex(sha256(utf8ToBytes(formatTrace(world.trace)))), facts: world.trace.length, isWhole: whole, breaches };
}
