import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { readDraft } from '../draft/read';
import { saveDraft } from '../draft/save';
import { respond } from '../http/respond';
import { reading, type Site, saving } from '../http/route';
import { createAuth } from './auth';
import { handleAccount } from './handle-account';

const origin = 'http://learn.example:3000';
const lab = { slug: 'orders', editable: ['a.mjs'] };

let opened: OpenedDatabase;
let site: Site;
beforeAll(async () => {
  opened = await openTestDatabase();
  site = {
    db: opened.db,
    auth: createAuth({ db: opened.db, secret: 'secret-of-the-test-with-32-characters', baseUrl: null }),
    baseUrl: null,
  };
});
afterAll(() => opened.close());

const me = reading(
  async ({ learner }) => respond(200, { learner }),
  () => site,
);
const save = saving(
  { limits: [], bodyBytesMax: 10_000 },
  async ({ db, learner, input }) => respond(200, await saveDraft(db, learner.id, lab, input)),
  () => site,
);
const noParams = { params: Promise.resolve({}) };

/** A browser that keeps cookies, as far as these tests need one. */
class Browser {
  readonly jar: Map<string, string>;
  readonly cookiesSet: string[] = [];

  constructor(jar = new Map<string, string>()) {
    this.jar = jar;
  }

  async read() {
    const response = await this.#keep(await me(this.#request('GET', '/api/me'), noParams));
    return ((await response.json()) as { learner: { id: string; email: string | null; anonymous: boolean; role: string } | null }).learner;
  }
  async save(text: string, baseRevision = 0) {
    return this.#keep(await save(this.#request('PUT', '/api/draft', { files: { 'a.mjs': text }, baseRevision }), noParams));
  }
  async account(path: string, body: unknown, from = origin) {
    return this.#keep(await handleAccount(this.#request('POST', `/api/auth/${path}`, body, from), undefined, () => site));
  }
  #request(method: string, path: string, body?: unknown, from = origin) {
    const headers = new Headers({
      host: 'learn.example:3000',
      cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
    });
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (method !== 'GET') headers.set('origin', from);
    return new Request(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }
  #keep(response: Response) {
    for (const cookie of response.headers.getSetCookie()) {
      this.cookiesSet.push(cookie);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }
}

const ada = (email: string) => ({ name: 'Ada', email, password: 'correct horse battery' });

describe('a visitor', () => {
  it('is nobody until something is saved, then an anonymous learner with a cookie that no script can read', async () => {
    const browser = new Browser();
    expect(await browser.read()).toBeNull();
    const saved = await browser.save('one');
    expect(saved.status).toBe(200);
    const cookie = saved.headers.getSetCookie().find((line) => line.startsWith('coldstart.session_token='));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(await browser.read()).toMatchObject({ anonymous: true, email: null, role: 'learner' });
  });

  it('becomes one learner, however many first saves are sent at once', async () => {
    const browser = new Browser();
    await browser.read();
    const responses = await Promise.all(['one', 'two', 'three'].map((text) => browser.save(text)));
    expect(responses.map((response) => response.status).sort()).toEqual([200, 409, 409]);
    const learner = await browser.read();
    const { draft, conflicts } = await readDraft(opened.db, learner?.id ?? '', 'orders');
    expect([draft?.files['a.mjs'], ...conflicts.map((conflict) => conflict.files['a.mjs'])].sort()).toEqual(['one', 'three', 'two']);
  });

  it('takes the work along into a new account', async () => {
    const browser = new Browser();
    await browser.save('my work');
    const before = await browser.read();
    expect((await browser.account('sign-up/email', ada('new@example.org'))).status).toBe(200);
    const after = await browser.read();
    expect(after).toMatchObject({ email: 'new@example.org', anonymous: false, role: 'learner' });
    expect((await readDraft(opened.db, after?.id ?? '', 'orders')).draft?.files).toEqual({ 'a.mjs': 'my work' });
    expect(await opened.db.user.findUnique({ where: { id: before?.id ?? '' } })).toBeNull();
    // The window that was open during the merge goes on with its revision.
    expect((await browser.save('my work, continued', 1)).status).toBe(200);
  });

  it('takes the work along into an account of before, and finds it on another machine', async () => {
    const first = new Browser();
    await first.account('sign-up/email', ada('known@example.org'));
    await first.save('at home');
    const second = new Browser();
    await second.save('on the train');
    expect((await second.account('sign-in/email', ada('known@example.org'))).status).toBe(200);
    const learner = await first.read();
    const { draft, conflicts } = await readDraft(opened.db, learner?.id ?? '', 'orders');
    expect(draft?.files['a.mjs']).toBe('on the train');
    expect(conflicts.map((conflict) => conflict.files['a.mjs'])).toEqual(['at home']);
  });

  it('stays signed in when a save that was sent before the sign-in arrives after it', async () => {
    const browser = new Browser();
    await browser.save('my work');
    const late = new Browser(new Map(browser.jar));
    await browser.account('sign-up/email', ada('late@example.org'));
    const response = await late.save('typed during the sign-in', 1);
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    // A read that was on its way must not take the new cookie away either.
    await late.read();
    expect(late.cookiesSet.filter((line) => line.includes('session_token'))).toEqual([]);
    expect((await browser.save('typed during the sign-in', 1)).status).toBe(200);
  });

  it('begins anew when the session of the cookie is gone for another reason', async () => {
    const browser = new Browser();
    await browser.save('one');
    const learner = await browser.read();
    await opened.db.session.deleteMany({ where: { userId: learner?.id ?? '' } });
    expect(await browser.read()).toBeNull();
    expect((await browser.save('two')).status).toBe(200);
    expect(await browser.read()).toMatchObject({ anonymous: true });
  });

  it('is nobody again after signing out', async () => {
    const browser = new Browser();
    await browser.account('sign-up/email', ada('leaving@example.org'));
    expect((await browser.account('sign-out', {})).status).toBe(200);
    expect([...browser.jar.keys()]).toEqual([]);
    expect(await browser.read()).toBeNull();
  });
});

describe('the account routes', () => {
  const refused: [name: string, path: string, body: unknown, status: number, sentence: RegExp][] = [
    ['a short password', 'sign-up/email', { ...ada('short@example.org'), password: 'too short' }, 400, /at least 10/],
    ['something that is no address', 'sign-up/email', ada('nobody'), 400, /e-mail/],
    ['a wrong password', 'sign-in/email', { email: 'nobody@example.org', password: 'wrong wrong wrong' }, 401, /no account with this/],
    ['a path that the site does not use', 'delete-user', {}, 404, /nothing at this address/],
    ['the path that only the server may call', 'begin-anonymous', { email: 'x@example.org' }, 404, /nothing at this address/],
  ];
  it.each(refused)('refuse %s with a sentence', async (_name, path, body, status, sentence) => {
    const response = await new Browser().account(path, body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  });

  it('let nobody name a role', async () => {
    const browser = new Browser();
    await browser.account('sign-up/email', { ...ada('mallory@example.org'), role: 'admin', isAnonymous: true });
    const learner = await browser.read();
    expect(learner === null || learner.role === 'learner').toBe(true);
    expect(await opened.db.user.count({ where: { role: { not: 'learner' } } })).toBe(0);
  });

  it('refuse another site, and count wrong passwords for one address', async () => {
    const browser = new Browser();
    expect((await browser.account('sign-in/email', ada('x@example.org'), 'https://evil.example')).status).toBe(403);
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1)
      statuses.push((await browser.account('sign-in/email', { email: 'target@example.org', password: `guess number ${count}` })).status);
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
    expect(statuses[10]).toBe(429);
  });

  it('say in one sentence that an address is taken', async () => {
    await new Browser().account('sign-up/email', ada('taken@example.org'));
    const response = await new Browser().account('sign-up/email', ada('taken@example.org'));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/Sign in to it/);
  });
});
