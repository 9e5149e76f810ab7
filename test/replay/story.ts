// A story: a small stack, faults, and what happens to it, as plain data. Random stories are what the replay test plays.
// Names are numbers: a reference to a resource that the story does not have is taken modulo how many it has.
import fc from 'fast-check';

const BEHAVIOURS = ['returns', 'throws', 'throws-sometimes', 'sleeps', 'exits', 'fails-init', 'sends', 'publishes', 'puts-events'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

const ref = fc.nat(5);
/** Where something is sent: a queue, a topic, a function, a bus, or what does not exist. */
const target = fc.record({ kind: fc.constantFrom('queue', 'topic', 'function', 'bus', 'gone'), at: ref });
export type Target = typeof target extends fc.Arbitrary<infer T> ? T : never;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });

const fn = fc.record({
  behaviour: fc.constantFrom(...BEHAVIOURS),
  role: fc.constantFrom('everything', 'everything', 'everything', 'logs-only', 'nothing'),
  timeoutS: fc.constantFrom(1, 3, 30),
  reserved: fc.constantFrom(null, null, null, 0, 1, 2),
  retries: fc.constantFrom(null, 0, 1, 2),
  ageS: fc.constantFrom(null, 60, 3600),
  deadLetters: maybe(fc.nat(5)),
  onFailure: maybe(target),
  onSuccess: maybe(target),
});

const queue = fc.record({
  isFifo: fc.boolean(),
  policy: fc.constantFrom('everybody', 'everybody', 'sns', 'nobody'),
  visibilityS: fc.constantFrom(5, 30),
  retentionS: fc.constantFrom(60, 3600, 345_600),
  delayS: fc.constantFrom(0, 0, 10),
  key: fc.constantFrom(null, null, null, null, 'alias/aws/sqs'),
  redrive: maybe(fc.record({ to: ref, max: fc.integer({ min: 1, max: 3 }) })),
});

const subscription = fc.record({
  protocol: fc.constantFrom('sqs', 'sqs', 'lambda', 'lambda', 'https', 'email', 'sms'),
  endpoint: ref,
  filter: fc.constantFrom(
    null,
    null,
    { scope: 'MessageAttributes', policy: '{"kind":["gold",{"prefix":"sil"}]}' },
    { scope: 'MessageBody', policy: '{"n":[{"numeric":[">",3]}]}' },
  ),
  raw: fc.boolean(),
  deadLetters: maybe(ref),
});

const topic = fc.record({
  key: fc.constantFrom(null, null, null, 'alias/aws/sns'),
  isFifo: fc.constantFrom(false, false, true),
  subscriptions: fc.array(subscription, { minLength: 1, maxLength: 4, size: 'max' }),
});

const rule = fc.record({
  pattern: fc.constantFrom(
    { source: ['shop'] },
    { detail: { n: [{ numeric: ['>', 3] }] } },
    { detail: { kind: [{ 'anything-but': 'gold' }] } },
    { source: [{ prefix: 'aws.' }] },
  ),
  targets: fc.array(
    fc.record({ to: target, deadLetters: maybe(ref), retries: fc.constantFrom(null, 0, 2), ageS: fc.constantFrom(null, 60) }),
    {
      maxLength: 3,
      size: 'max',
    },
  ),
});

const mapping = fc.record({
  queue: ref,
  function: ref,
  batch: fc.constantFrom(1, 3, 10),
  partial: fc.boolean(),
  filter: fc.constantFrom(null, null, '{"body":{"n":[{"numeric":[">",3]}]}}'),
});

const FAULTS = [
  { code: 'ThrottlingException', message: 'Rate exceeded', status: 400 },
  { code: 'ServiceUnavailable', message: 'Down for now.', status: 503 },
  { code: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 },
  { code: 'AccessDenied', message: 'Not now.', status: 403 },
] as const;
const fault = fc.record({
  action: fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage', 'sns:Publish', 'lambda:InvokeFunction', 'events:PutEvents'),
  times: fc.integer({ min: 1, max: 6 }),
  fault: fc.constantFrom(...FAULTS),
});

const kind = fc.constantFrom('gold', 'silver', null);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), at: ref, n: fc.nat(6), kind, group: fc.nat(1) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put-event' as const), n: fc.nat(6), kind }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('invoke' as const), at: ref, n: fc.nat(6), isEvent: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), at: ref, n: fc.nat(6), group: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('receive' as const), at: ref, deletes: fc.boolean(), waitS: fc.constantFrom(0, 2) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 100, 5000, 61_000, 600_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), fault }) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('unsubscribe' as const), at: ref, which: ref }),
      fc.record({ do: fc.constant('delete-queue' as const), at: ref }),
      fc.record({ do: fc.constant('delete-function' as const), at: ref }),
      fc.record({ do: fc.constant('delete-topic' as const), at: ref }),
      fc.record({ do: fc.constant('purge' as const), at: ref }),
      fc.record({ do: fc.constant('redrive' as const), at: ref }),
      fc.record({ do: fc.constant('reserve' as const), at: ref, count: fc.constantFrom(0, 1, 5) }),
      fc.record({ do: fc.constant('disable-rule' as const), at: ref }),
    ),
  },
);

export const storyArbitrary = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  functions: fc.array(fn, { minLength: 1, maxLength: 3, size: 'max' }),
  queues: fc.array(queue, { minLength: 1, maxLength: 3, size: 'max' }),
  topics: fc.array(topic, { minLength: 1, maxLength: 2, size: 'max' }),
  rules: fc.array(rule, { minLength: 1, maxLength: 3, size: 'max' }),
  mappings: fc.array(mapping, { maxLength: 2, size: 'max' }),
  steps: fc.array(step, { minLength: 4, maxLength: 40, size: 'max' }),
});

export type Story = typeof storyArbitrary extends fc.Arbitrary<infer T> ? T : never;
export type StoryStep = Story['steps'][number];

/** The same stories for the same seed, here and wherever they are sent. */
export function stories(count: number, seed: number): Story[] {
  return fc.sample(storyArbitrary, { numRuns: count, seed });
}
