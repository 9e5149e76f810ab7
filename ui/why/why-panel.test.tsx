// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAws } from '@/sim/aws';
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import { WhyPanel } from './why-panel';

const ACCOUNT = '111122223333';
const ana = { type: 'user', id: `arn:aws:iam::${ACCOUNT}:user/ana`, account: ACCOUNT } as const;

/** Ana may use SQS, and a statement called `NoSending` takes it back. */
function deniedRun(): Fact[] {
  const world = createAws();
  const operate = (prefix: string, operation: string, input: JsonObject, principal?: typeof ana) => {
    const route = world.route(prefix, operation, input);
    if (route) world.call({ ...route, input, ...(principal ? { principal } : {}) });
  };
  const statements = [
    { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    { Effect: 'Deny', Sid: 'NoSending', Action: 'sqs:SendMessage', Resource: '*' },
  ];
  operate('sqs', 'CreateQueue', { QueueName: 'orders' });
  operate('iam', 'CreateUser', { UserName: 'ana' });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  operate('iam', 'PutUserPolicy', { UserName: 'ana', PolicyName: 'own', PolicyDocument });
  const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`;
  operate('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' }, ana);
  const facts = [...world.trace];
  world.dispose();
  return facts;
}

const facts = deniedRun();
const denied = facts.findIndex(({ type }) => type === 'iam:AccessDenied');
let host: HTMLElement;
let root: Root;
let cursor: number;
let closed: number;

async function show(): Promise<void> {
  const panel = <WhyPanel facts={facts} seq={denied} cursor={cursor} onCursor={(seq) => (cursor = seq)} onClose={() => closed++} />;
  await act(async () => root.render(panel));
  await vi.waitFor(async () => {
    await act(async () => undefined);
    expect(host.querySelector('h2')).not.toBeNull();
  });
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // jsdom knows the element but not how it opens and closes.
  Object.assign(HTMLDialogElement.prototype, {
    show(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    },
  });
  cursor = denied;
  closed = 0;
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

const buttons = (text: string) => [...host.querySelectorAll('button')].filter((button) => button.textContent?.includes(text));

describe('the Why panel', () => {
  it('opens on the answer, which takes the focus and names the dialog', async () => {
    await show();
    const title = host.querySelector('h2') as HTMLElement;
    expect(title.textContent).toBe('Identity policy: statement NoSending of own denies ana sqs:SendMessage on orders.');
    expect(document.activeElement).toBe(title);
    expect(host.querySelector('dialog')?.getAttribute('aria-labelledby')).toBe(title.id);
    expect(host.querySelector('dialog')?.open).toBe(true);
  });

  it('shows the policies as a tree and says which statement decides', async () => {
    await show();
    const lines = [...host.querySelectorAll('[data-applies]')].map((line) => line.textContent);
    expect(lines).toEqual(['statement 1, Allow, applies and allows it.', 'Decides: statement NoSending, Deny, applies and denies it.']);
  });

  it('says of each step in words whether it held', async () => {
    await show();
    expect([...host.querySelectorAll('[data-verdict]')].map((step) => step.querySelector('div')?.textContent)).toEqual([
      expect.stringMatching(/^Failed Identity policy: denies/),
    ]);
  });

  it('says what would have changed it', async () => {
    await show();
    expect(host.textContent).toContain('Remove or narrow statement NoSending of own, which denies it.');
  });

  it('moves the cursor to the evidence', async () => {
    await show();
    const put = facts.findIndex(({ type }) => type === 'iam:InlinePolicyPut');
    act(() => buttons(`fact ${put}`)[0]?.click());
    expect(cursor).toBe(put);
  });

  it('closes by Escape and by its button', async () => {
    await show();
    act(() => void host.querySelector('h2')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    expect(closed).toBe(1);
    act(() => buttons('Close')[0]?.click());
    expect(closed).toBe(2);
  });
});
