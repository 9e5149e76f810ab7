// The live parts carry the lesson's argument: each must show what the text around it says.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluate } from '@mdx-js/mdx';
import { createElement } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '../../../sim/aws';
import { simulateTopic } from '../../../ui/live/topic/simulate-topic';
import { outcomesAt } from '../../../ui/live/topic/topic-outcome';
import { draftOf, filtersOf, jobOf, type TopicSimulatorProps } from '../../../ui/live/topic/topic-setup';

const parts = new Map<string, TopicSimulatorProps>();

beforeAll(async () => {
  const text = readFileSync(fileURLToPath(new URL('lesson.mdx', import.meta.url)), 'utf8');
  const note = (props: TopicSimulatorProps) => {
    parts.set(props.id, props);
    return null;
  };
  const silent = () => null;
  const components = { TopicSimulator: note, Predict: silent, Question: silent, Recall: silent, Exam: silent, Older: silent };
  const { default: Lesson } = await evaluate(text, { ...runtime, remarkPlugins: [remarkFrontmatter, remarkGfm] });
  renderToStaticMarkup(createElement(Lesson, { components }));
});

function run(id: string, message = 0, filters: Record<string, string> = {}) {
  const props = parts.get(id);
  if (!props) throw new Error(`The lesson has no live part ${id}.`);
  const job = jobOf(props, draftOf(props.messages[message]), { ...filtersOf(props.subscriptions), ...filters }, 1);
  const { facts, result } = simulateTopic(job, createAws);
  return outcomesAt(facts, facts.length, props.subscriptions, result);
}

const statuses = (rows: ReturnType<typeof run>) =>
  Object.fromEntries(rows.map(({ subscription, outcomes }) => [subscription.name, outcomes[0]?.status]));

describe('the live parts of the lesson on filters and fan-out', () => {
  it('bring the order to billing and the warehouse, the refund to billing and accounting, and nothing to the archive', () => {
    expect(statuses(run('fan-out'))).toEqual({ billing: 'delivered', warehouse: 'delivered', accounting: 'filtered', archive: 'filtered' });
    expect(statuses(run('fan-out', 1))).toEqual({
      billing: 'delivered',
      warehouse: 'filtered',
      accounting: 'delivered',
      archive: 'filtered',
    });
  });

  it('let support be repaired with the operator that the text names', () => {
    const rows = run('repair');
    expect(statuses(rows)).toEqual({ support: 'filtered', dublin: 'delivered' });
    expect(JSON.parse(rows[1]?.receipts[0]?.body ?? '')).toEqual({ orderId: 'A-1044', shop: { city: 'Dublin' } });
    const support = '{"kind":[{"equals-ignore-case":"order"}]}';
    expect(statuses(run('repair', 0, { support })).support).toBe('delivered');
  });

  it('keep the refused message and not the filtered one', () => {
    expect(statuses(run('silence'))).toEqual({ filtered: 'filtered', closed: 'dead-lettered' });
  });
});
