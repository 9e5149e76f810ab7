// How often something may be done. Generous for people, tight for programs; addresses are shared by whole classrooms.

export interface LimitRule {
  name: string;
  per: 'learner' | 'address' | 'email';
  countMax: number;
  windowMs: number;
}

const minuteMs = 60_000;

export const limits = {
  draft: [
    { name: 'draft', per: 'learner', countMax: 120, windowMs: minuteMs },
    { name: 'draft', per: 'address', countMax: 6_000, windowMs: minuteMs },
  ],
  submission: [
    { name: 'submission', per: 'learner', countMax: 12, windowMs: minuteMs },
    { name: 'submission', per: 'address', countMax: 300, windowMs: minuteMs },
  ],
  answer: [
    { name: 'answer', per: 'learner', countMax: 60, windowMs: minuteMs },
    { name: 'answer', per: 'address', countMax: 1_500, windowMs: minuteMs },
  ],
  progress: [
    { name: 'progress', per: 'learner', countMax: 60, windowMs: minuteMs },
    { name: 'progress', per: 'address', countMax: 1_500, windowMs: minuteMs },
  ],
  /** Making an anonymous learner: one for each visitor who saves something. */
  visitor: [{ name: 'visitor', per: 'address', countMax: 200, windowMs: 10 * minuteMs }],
  signUp: [{ name: 'sign-up', per: 'address', countMax: 60, windowMs: 10 * minuteMs }],
  signIn: [
    { name: 'sign-in', per: 'address', countMax: 100, windowMs: 10 * minuteMs },
    { name: 'sign-in', per: 'email', countMax: 10, windowMs: 15 * minuteMs },
  ],
  account: [{ name: 'account', per: 'address', countMax: 600, windowMs: minuteMs }],
} satisfies Record<string, LimitRule[]>;
