import { describe, expect, it } from 'vitest';
import { labFiles } from './generated-labs';
import type { LabSource } from './read-labs';

const source: LabSource = {
  page: {
    slug: 'orders',
    version: 'v1',
    title: 'Orders',
    summary: 'Repair it.',
    lesson: '02-lambda/10-x',
    minutes: 20,
    difficulty: 1,
    kind: 'handler',
    points: 100,
    editable: ['src/a.mjs'],
    brief: [{ tag: 'p', children: ['Repair it.'] }],
    starter: { 'src/a.mjs': 'starter text' },
    outOfScope: [],
    hints: [],
    checks: [{ id: 'it-works', points: 60, scenarios: ['one'] }],
    scenarios: [{ id: 'one', title: 'One' }],
    hidden: { checks: 1, points: 40 },
  },
  seeds: { visible: [7], hidden: [123456789] },
  solution: { 'src/a.mjs': 'solution text' },
  mistakes: [],
};

describe('generated files of a lab', () => {
  const files = labFiles([source]);
  const holding = (text: string) => Object.keys(files).filter((name) => files[name]?.includes(text));

  it.each([
    ['the solution', 'solution text'],
    ['hidden seeds', '123456789'],
    ['hidden checks', '/hidden'],
  ])('keep %s in the server’s file', (_name, text) => {
    expect(holding(text)).toEqual(['labs/orders/graded-server.ts']);
  });

  it('reach the server’s file only from the server’s table', () => {
    expect(holding('graded-server')).toEqual(['labs-server.ts']);
  });

  it('give a list of labs without their files', () => {
    expect(files['labs.ts']).toContain('"title": "Orders"');
    expect(files['labs.ts']).not.toContain('starter text');
  });
});
