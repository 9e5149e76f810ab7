// Words of the Why panel: what kind of answer it is, and what each step says.
import type { Explanation, Step, Subject } from '@/sim/explain/explanation';
import type { Tone } from '@/ui/timeline/sentence';

export const SUBJECT_WORDS: Record<Subject, string> = {
  denial: 'Refused',
  'no-match': 'No rule matched',
  filtered: 'Filtered',
  throttle: 'Throttled',
  retry: 'Waits for another try',
  waiting: 'Waits',
  drop: 'Dropped',
  'dead-letter': 'Dead letter',
  timeout: 'Timed out',
  'out-of-memory': 'Out of memory',
  'init-failure': 'Init failed',
  error: 'Failed',
  limit: 'Limit of the simulator',
  event: 'What happened',
};

const TONES: Partial<Record<Subject, Tone>> = {
  'no-match': 'ash',
  filtered: 'ash',
  retry: 'wait',
  waiting: 'wait',
  'dead-letter': 'wait',
  event: 'plain',
};

export function toneOf(subject: Subject): Tone {
  return TONES[subject] ?? 'fault';
}

/** A sign and its word: never the colour alone. */
export const VERDICT_WORDS: Record<Step['verdict'], { sign: string; word: string }> = {
  pass: { sign: '✓', word: 'Passed' },
  fail: { sign: '✕', word: 'Failed' },
  info: { sign: '·', word: 'Note' },
};

/** A denial needs all of its changes, everything else any one of them. */
export function changeHeading({ subject, change = [] }: Explanation): string {
  if (change.length < 2) return 'What would have changed it';
  return subject === 'denial' ? 'What would have changed it: all of these' : 'What would have changed it: any of these';
}
