// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerView } from './answer';
import { QuestionForm } from './question-form';

const options = [
  { id: 'two', text: 'Two' },
  { id: 'three', text: 'Three' },
];
const right: AnswerView = {
  choice: ['three'],
  correct: true,
  points: 1,
  maxPoints: 1,
  answeredAt: '2026-11-23T10:00:00.000Z',
  options: [
    { id: 'two', correct: false, because: 'Two retries, and the first attempt.' },
    { id: 'three', correct: true, because: 'One and two.' },
  ],
  explanation: null,
};

type Handler = (url: string, init?: RequestInit) => Response;
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

describe('a question', () => {
  let root: Root;
  let host: HTMLElement;
  let posted: { choice: string[]; key: string }[];
  let lessons = 0;

  /** Every test has a lesson of its own: earlier answers are remembered per lesson for as long as the page lives. */
  const show = async (handler: Handler) => {
    lessons += 1;
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      if (init?.method === 'POST') posted.push(JSON.parse(String(init.body)) as { choice: string[]; key: string });
      return handler(url, init);
    });
    await act(async () => {
      root.render(
        <QuestionForm id="m.l.q" type="one-of" options={options} lesson={`m/${lessons}`}>
          How many attempts?
        </QuestionForm>,
      );
    });
  };
  const choose = (id: string) => act(async () => host.querySelector<HTMLInputElement>(`input[value="${id}"]`)?.click());
  const press = (name: string) =>
    act(async () => [...host.querySelectorAll('button')].find((button) => button.textContent === name)?.click());
  const status = () => host.querySelector('[role="status"]')?.textContent ?? '';

  beforeEach(() => {
    (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
    posted = [];
    host = document.body.appendChild(document.createElement('div'));
    root = createRoot(host);
  });
  afterEach(async () => {
    await act(async () => root.unmount());
    host.remove();
    localStorage.clear();
    vi.unstubAllGlobals();
  });

  it('is answered once something is chosen, and then says why for every option', async () => {
    await show((url) => (url.includes('/questions/') ? json({ answer: right }) : json({ answers: {} })));
    expect(host.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(true);
    await choose('three');
    await press('Check the answer');
    expect(posted.map((body) => body.choice)).toEqual([['three']]);
    expect(status()).toBe('Right.');
    expect(host.textContent).toContain('✓ Your choice, right. One and two.');
    expect(host.textContent).toContain('✕ Not this one. Two retries, and the first attempt.');
  });

  it('keeps an answer that cannot be sent and sends the same one when the connection is back', async () => {
    let online = false;
    await show((url) => {
      if (!url.includes('/questions/')) return json({ answers: {} });
      if (!online) throw new TypeError('fetch failed');
      return json({ answer: right });
    });
    await choose('three');
    await press('Check the answer');
    expect(status()).toContain('is kept in this browser');
    expect(localStorage.getItem('coldstart.answer.m.l.q')).toContain('three');
    online = true;
    await act(async () => window.dispatchEvent(new Event('online')));
    expect(status()).toBe('Right.');
    expect(new Set(posted.map((body) => body.key)).size).toBe(1);
    expect(localStorage.getItem('coldstart.answer.m.l.q')).toBeNull();
  });

  it('sends an answer that an earlier page could not send', async () => {
    localStorage.setItem('coldstart.answer.m.l.q', JSON.stringify({ choice: ['three'], key: 'kept' }));
    await show((url) => (url.includes('/questions/') ? json({ answer: right }) : json({ answers: {} })));
    expect(posted).toEqual([{ choice: ['three'], key: 'kept' }]);
    expect(status()).toBe('Right.');
  });

  it('does not offer to send again what the server refuses for good', async () => {
    await show((url) =>
      url.includes('/questions/') ? json({ error: { code: 'invalid-input', message: 'Choose one option.' } }, 400) : json({ answers: {} }),
    );
    await choose('two');
    await press('Check the answer');
    expect(status()).toBe('Choose one option.');
    expect(host.querySelector('button[type="submit"]')?.textContent).toBe('Check the answer');
    expect(localStorage.getItem('coldstart.answer.m.l.q')).toBeNull();
  });

  it('folds an earlier answer, and shows it or asks again on request', async () => {
    await show(() => json({ answers: { 'm.l.q': right } }));
    expect(status()).toMatch(/^Answered on .*: right\.$/);
    expect(host.textContent).not.toContain('One and two.');
    await press('Show my answer');
    expect(host.textContent).toContain('One and two.');
    await press('Answer again');
    expect(host.textContent).not.toContain('One and two.');
    expect(host.querySelector<HTMLInputElement>('input:checked')).toBeNull();
  });
});
