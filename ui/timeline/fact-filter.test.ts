import { describe, expect, it } from 'vitest';
import { CHARGE, DEAD_LETTERS, RETRIED, traceOf } from './example-trace';
import { effectsOf, type FactFilter, filterFacts, resourcesOf, typesOf } from './fact-filter';
import { windowOf } from './use-row-window';

const ALL: FactFilter = { type: '', resource: '', text: '', only: null };
const MIXED = traceOf([
  [0, 'lambda:EventQueued', { requestId: 'r1', payload: '{"order":"A-7"}' }, null],
  [5, 'sqs:MessageSent', { body: 'Hello' }, 0, DEAD_LETTERS],
  [9, 'lambda:EventProcessed', { requestId: 'r1' }, 0],
]);

describe('facts are chosen', () => {
  it.each<[name: string, filter: Partial<FactFilter>, found: number[]]>([
    ['all', {}, [0, 1, 2]],
    ['by a whole type', { type: 'sqs:MessageSent' }, [1]],
    ['by a service', { type: 'lambda:' }, [0, 2]],
    ['by a resource', { resource: CHARGE }, [0, 2]],
    ['by text of the data, in any case', { text: ' a-7 ' }, [0]],
    ['by text of the resource', { text: 'CHARGE-DLQ' }, [1]],
    ['by all of these together', { type: 'lambda:', text: 'a-7', resource: DEAD_LETTERS }, []],
    ['only what a check looked at', { only: new Set([2]) }, [2]],
  ])('%s', (_name, filter, found) => {
    expect(filterFacts(MIXED, { ...ALL, ...filter }).map(({ seq }) => seq)).toEqual(found);
  });

  it('by what there is: services with their types, resources in order of appearance', () => {
    expect(typesOf(MIXED)).toEqual([
      {
        service: 'lambda',
        count: 2,
        types: [
          { value: 'lambda:EventProcessed', count: 1 },
          { value: 'lambda:EventQueued', count: 1 },
        ],
      },
      { service: 'sqs', count: 1, types: [{ value: 'sqs:MessageSent', count: 1 }] },
    ]);
    expect(resourcesOf(MIXED)).toEqual([
      { value: CHARGE, count: 2 },
      { value: DEAD_LETTERS, count: 1 },
    ]);
  });

  it('by what they led to', () => {
    const effects = effectsOf(RETRIED);
    expect(effects.get(7)).toEqual([8, 9]);
    expect(effects.get(17)).toBeUndefined();
  });
});

describe('the rows that are drawn', () => {
  it.each<[name: string, top: number, rows: number, first: number, end: number]>([
    ['the first, and some beyond', 0, 10_000, 0, 22],
    ['those in sight, and some on either side', 3000, 10_000, 88, 122],
    ['the last', 299_700, 10_000, 9978, 10_000],
    ['all of a short table', 0, 5, 0, 5],
    ['the end, when fewer are left than were scrolled over', 299_700, 8, 8, 8],
  ])('are %s', (_name, top, rows, first, end) => {
    expect(windowOf(top, 300, 30, rows)).toEqual({ first, end });
  });
});
