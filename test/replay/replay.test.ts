// Random worlds: none loses anything, and each is the same, byte for byte, in Node.js, in Chromium and when played again.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../sim/explain/explain';
import type { Fact } from '../../sim/kernel/fact';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import { testSandboxes } from '../sandboxes';
import { hashesInChromium } from './chromium';
import { ALWAYS, LAWS } from './laws';
import { play } from './play';
import { type Story, stories, storyArbitrary } from './story';
import { judge } from './verdict';

/** `npm run bench replay` plays a thousand. */
const WORLDS = 24;
const SEED = 20_261_123;
const PATIENCE_MS = 240_000;

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

describe('random worlds', () => {
  it(
    'break no law of conservation',
    () => {
      fc.assert(
        fc.property(storyArbitrary, (story) => {
          expect(judge(story, sandboxes).breaches).toEqual([]);
        }),
        { numRuns: WORLDS, seed: SEED },
      );
    },
    PATIENCE_MS,
  );

  it(
    'are the same bytes in Node.js, in Chromium and when played again',
    async () => {
      const told = stories(WORLDS, SEED);
      const inBrowser = hashesInChromium(told);
      const inNode = told.map((story) => judge(story, sandboxes));
      expect(await inBrowser).toEqual(inNode.map(({ hash }) => hash));
      expect(new Set(inNode.map(({ hash }) => hash)).size).toBe(WORLDS);
      expect(inNode.filter(({ isWhole }) => isWhole).length).toBeGreaterThan(WORLDS * 0.8);
      // Backwards, so that each meets sandboxes that others have used.
      const some = told.slice(0, 8);
      const again = some.toReversed().map((story) => judge(story, sandboxes).hash);
      expect(again.toReversed()).toEqual(inNode.slice(0, 8).map(({ hash }) => hash));
    },
    PATIENCE_MS,
  );

  it('explain every one of their facts without a hole', () => {
    for (const story of stories(6, SEED + 1)) {
      const { world } = play(story, sandboxes);
      for (const { seq, type } of world.trace.slice(0, 300)) {
        const told = explain(world, seq);
        const texts = [told.title, ...told.steps.map((step) => step.text), ...(told.change ?? []).map((change) => change.text)];
        for (const text of texts) expect(text, type).not.toMatch(/undefined|NaN|\[object|``|^\s*$/);
      }
      world.dispose();
    }
  });
});

describe('the laws', () => {
  const quiet: Story = {
    seed: 7,
    functions: [
      {
        behaviour: 'throws',
        role: 'everything',
        timeoutS: 3,
        reserved: null,
        retries: 1,
        ageS: null,
        deadLetters: 0,
        onFailure: null,
        onSuccess: null,
      },
    ],
    queues: [{ isFifo: false, policy: 'everybody', visibilityS: 30, retentionS: 60, delayS: 0, key: null, redrive: null }],
    topics: [
      {
        key: null,
        isFifo: false,
        subscriptions: [{ protocol: 'sqs', endpoint: 0, filter: null, raw: true, deadLetters: null }],
      },
    ],
    rules: [{ pattern: { source: ['shop'] }, targets: [{ to: { kind: 'queue', at: 0 }, deadLetters: null, retries: null, ageS: null }] }],
    mappings: [],
    steps: [
      { do: 'publish', at: 0, n: 1, kind: null, group: 0 },
      { do: 'put-event', n: 1, kind: null },
      { do: 'invoke', at: 0, n: 1, isEvent: true },
      { do: 'wait', ms: 100 },
    ],
  };

  it.each<[law: string, lost: string]>([
    ['every message of a topic ends once at every subscription', 'sns:MessageDelivered'],
    ['every message of a topic ends once at every subscription', 'sns:DeliveryStarted'],
    ['every event of a bus is matched or not, and every delivery of it ends once', 'events:RuleMatched'],
    ['every event of a bus is matched or not, and every delivery of it ends once', 'events:TargetDelivered'],
    ['every asynchronous event of Lambda is processed or given up once', 'lambda:EventDiscarded'],
    ['every outcome goes where the function sends it', 'lambda:DeadLetterSent'],
    ['every invocation that starts ends', 'lambda:InvocationEnded'],
    ['every message of a queue is deleted, expired, dead-lettered, purged, moved or there', 'sqs:MessageExpired'],
    ['what one service says that it handed over, the other has taken', 'sqs:MessageSent'],
    ['state is the fold of the facts', 'sqs:MessageExpired'],
    ['a cause comes before its effect, and time does not go back', 'sns:MessagePublished'],
  ])('%s: notices that %s is missing', (law, lost) => {
    const { world } = play(quiet, sandboxes);
    const check = { ...LAWS, ...ALWAYS }[law];
    expect(check?.(world)).toEqual([]);
    const facts = world.trace as Fact[];
    const at = facts.findIndex(({ type }) => type === lost);
    expect(at).toBeGreaterThan(0);
    facts.splice(at, 1);
    expect(check?.(world)).not.toEqual([]);
    world.dispose();
  });
});
