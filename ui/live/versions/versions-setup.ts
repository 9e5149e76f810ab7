// What a lesson's author sets up for a function with versions and an alias, and what a learner does with them one step after another.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
import type { Json } from '@/sim/kernel/json';

/** Every step is carried out again from the first, so that the same steps have the same end; more than this nobody remembers. */
export const STEPS_MAX = 40;
const TIMES_DEFAULT = 100;
/** The same seed every time: the same steps have the same end. */
const SEED = 7;
export const LATEST = '$LATEST';

export type VersionStep =
  | { do: 'update'; files: Record<string, string> }
  | { do: 'publish' }
  /** `weight` of the calls, out of 0 to 1, go to `other`. */
  | { do: 'alias'; version: string; other: string | null; weight: number }
  | { do: 'invoke'; qualifier: string };

export interface VersionsAndAliasesProps {
  /** Unique on the page. */
  id: string;
  title: string;
  /** What $LATEST holds when the learner comes. */
  files: Record<string, string>;
  /** `postage.handler` */
  handler: string;
  event?: Json;
  alias?: string;
  /** What has been done before the learner comes, from the first code on. */
  before?: VersionStep[];
  /** Calls of one press of the button. */
  times?: number;
}

/** One run, complete: the worker needs nothing else. */
export interface VersionsJob {
  handler: string;
  alias: string;
  payload: string;
  times: number;
  /** The first creates the function. */
  steps: VersionStep[];
  seed: number;
}

/** One answer that a version gave, and how often. */
export interface AnswerCount {
  answer: string;
  times: number;
  failed: boolean;
}

export interface VersionAnswers {
  version: string;
  times: number;
  answers: AnswerCount[];
}

export interface StepOutcome {
  /** What was asked of Lambda, in its own words: `PublishVersion`. */
  operation: string;
  /** What came of it, as a sentence. */
  said: string;
  refused: boolean;
}

export interface VersionsOutcome {
  /** Published numbers in order. */
  versions: { version: string; files: Record<string, string> }[];
  latest: Record<string, string>;
  alias: { version: string; other: string | null; weight: number } | null;
  steps: StepOutcome[];
  /** What the latest press of the button brought, if it was the last step. */
  answers: { qualifier: string; times: number; versions: VersionAnswers[] } | null;
}

export function aliasOf(props: VersionsAndAliasesProps): string {
  return props.alias ?? 'PROD';
}

export function timesOf(props: VersionsAndAliasesProps): number {
  return props.times ?? TIMES_DEFAULT;
}

export function versionsJobOf(props: VersionsAndAliasesProps, steps: VersionStep[]): VersionsJob {
  const payload = JSON.stringify(props.event ?? {});
  return { handler: props.handler, alias: aliasOf(props), payload, times: timesOf(props), steps, seed: SEED };
}

/** What the learner has written becomes $LATEST before anything else is done with it. */
export function withSource(steps: readonly VersionStep[], files: Record<string, string>): VersionStep[] {
  const last = steps.findLast((step) => step.do === 'update');
  return JSON.stringify(last?.files) === JSON.stringify(files) ? [...steps] : [...steps, { do: 'update', files }];
}

/** The steps with the one that the learner takes now, or the sentence that says why there are too many. */
export function stepsWith(steps: readonly VersionStep[], files: Record<string, string>, next: VersionStep): VersionStep[] {
  const all = [...withSource(steps, files), next];
  if (all.length > STEPS_MAX) throw new Error(`These are more than ${STEPS_MAX} steps. Press Reset and begin again.`);
  return all;
}

/** `90 % to 1, 10 % to 2` */
export function splitText({ version, other, weight }: { version: string; other: string | null; weight: number }): string {
  if (other === null) return `everything to ${version}`;
  const share = Math.round(weight * 100);
  return `${100 - share} % to ${version}, ${share} % to ${other}`;
}
