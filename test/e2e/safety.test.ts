// The running site from outside: what each answer carries, what it refuses, and that no answer gives anything secret away.
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labs } from '../../generated/content/labs';
import { publicQuestions } from '../../generated/content/questions-public';
import { questionKeys } from '../../generated/content/questions-server';
import { findLeaks, readSecrets, type Sent } from '../leaks';
import { removeDataFolder, type Site, startSite } from '../site';

const root = process.cwd();
const secrets = readSecrets(root, Object.values(questionKeys), publicQuestions);
const lab = labs[0]?.slug ?? '';
const questions = Object.values(questionKeys);

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => {
  await site.stop();
  removeDataFolder(site.data);
});

/** A browser without scripts: keeps cookies, says where it comes from, remembers everything that it was sent. */
class Visitor {
  readonly sent: Sent[] = [];
  readonly #cookies = new Map<string, string>();

  async ask(method: string, address: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${site.url}${address}`, {
      method,
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'GET' ? {} : { origin: site.url, 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const text = await response.text();
    this.sent.push({ where: `${method} ${address}`, text });
    return new Response(text === '' ? null : text, { status: response.status, headers: response.headers });
  }
}

/** Addresses of all prerendered pages. */
function pageAddresses(): string[] {
  const pages = path.join(root, process.env.COLDSTART_DIST || '.next', 'server/app');
  return (readdirSync(pages, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.html') && !file.startsWith('_'))
    .map(
      (file) =>
        `/${file
          .split(path.sep)
          .join('/')
          .replace(/\.html$/, '')
          .replace(/^index$/, '')}`,
    );
}

describe('a page', () => {
  it('is sent with a policy that lets no unknown script run, and with the other headers of a careful site', async () => {
    const visitor = new Visitor();
    for (const address of [...pageAddresses(), '/there/is/no/such/page', '/account']) {
      const { headers } = await visitor.ask('GET', address);
      const policy = headers.get('content-security-policy') ?? '';
      const scripts = policy.split('; ').find((part) => part.startsWith('script-src ')) ?? '';
      expect(scripts, address).toMatch(/^script-src 'self' 'wasm-unsafe-eval' '(sha256|nonce)-/);
      expect(scripts, address).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*|https?:/);
      expect(policy, address).toContain("frame-ancestors 'none'");
      expect(policy.includes("style-src 'self' 'unsafe-inline'"), address).toBe(/^\/labs\/[^/]+$/.test(address));
      expect(headers.get('x-content-type-options'), address).toBe('nosniff');
      expect(headers.get('referrer-policy'), address).toBe('strict-origin-when-cross-origin');
    }
  });
});

describe('a new learner who answers nothing', () => {
  it('is sent no key, no explanation, no hidden check and no solution, on any page and in any answer', async () => {
    const visitor = new Visitor();
    for (const address of pageAddresses()) {
      await visitor.ask('GET', address);
      await visitor.ask('GET', address, undefined, { rsc: '1' });
    }
    const lesson = questions[0]?.lesson ?? '';
    const reads = ['me', 'progress', `labs/${lab}/draft`, `labs/${lab}/submissions`, `lessons/${lesson}/answers`, 'auth/get-session'];
    for (const address of reads) expect((await visitor.ask('GET', `/api/${address}`)).status, address).toBe(200);
    await visitor.ask('PUT', `/api/lessons/${lesson}/progress`, { read: true });
    await visitor.ask('PUT', `/api/labs/${lab}/draft`, { files: { 'src/nothing.mjs': '' }, baseRevision: 0 });
    // One learner may answer 60 times a minute; the bank is larger, so several learners share it.
    const learners = [visitor];
    for (const [at, { id }] of questions.entries()) {
      if (at > 0 && at % 40 === 0) learners.unshift(new Visitor());
      const learner = learners[0] ?? visitor;
      const answered = await learner.ask('POST', `/api/questions/${id}/answers`, { choice: [randomUUID()], key: randomUUID() });
      expect(answered.status, id).toBe(400);
      await learner.ask('GET', `/api/questions/${id}/answers`);
    }
    const sent = learners.flatMap((learner) => learner.sent);
    expect(sent.length).toBeGreaterThan(20);
    expect(findLeaks(secrets, sent).map(({ where, secret }) => `${where}: ${secret.from}: ${secret.text}`)).toEqual([]);
    for (const { where, text } of sent.filter((answer) => answer.where.includes('/api/'))) expect(text, where).not.toContain('"correct"');
  });

  it('is told what is wrong with a submission, without what the hidden runs looked like', async () => {
    const visitor = new Visitor();
    const editable = labs[0]?.editable ?? [];
    const files = Object.fromEntries(
      editable.map((file) => [file, file.endsWith('.yaml') ? 'Resources: {}\n' : 'export const handler = async () => {};\n']),
    );
    const created = (await (await visitor.ask('POST', `/api/labs/${lab}/submissions`, { files, key: randomUUID() })).json()) as {
      submission: { id: string };
    };
    // The stream ends with the verdict.
    await visitor.ask('GET', `/api/submissions/${created.submission.id}/events`);
    const { submission } = (await (await visitor.ask('GET', `/api/submissions/${created.submission.id}`)).json()) as {
      submission: { status: string; grade: { verdicts: { check: string; hidden: boolean; evidence: number[]; seed: number }[] } };
    };
    expect(submission.status).toBe('graded');
    for (const verdict of submission.grade.verdicts.filter((candidate) => candidate.hidden))
      expect(verdict).toMatchObject({ evidence: [], seed: 0 });
    // By now the learner may know what the hidden checks are called and what they say, and nothing else of them.
    const told = submission.grade.verdicts.map((verdict) => verdict.check);
    expect(findLeaks(secrets, visitor.sent).filter(({ secret }) => !told.some((check) => secret.text.includes(check)))).toEqual([]);
  });
});

describe('a change', () => {
  const draft = { files: {}, baseRevision: 0 };
  const refused: [name: string, headers: Record<string, string>, body: unknown, status: number][] = [
    ['from another site', { origin: 'https://evil.example' }, draft, 403],
    ['from a page without an origin', { origin: 'null' }, draft, 403],
    ['in a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'files=', 415],
    ['as text', { 'content-type': 'text/plain' }, '{}', 415],
    ['larger than two megabytes', {}, `"${'a'.repeat(2_000_000)}"`, 413],
    ['that is no JSON', {}, '{', 400],
  ];
  it.each(refused)('%s is refused with a sentence', async (_name, headers, body, status) => {
    const response = await new Visitor().ask('PUT', `/api/labs/${lab}/draft`, body, headers);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/^[A-Z].*\.$/);
    expect(response.headers.getSetCookie().filter((cookie) => cookie.includes('session'))).toEqual([]);
  });

  it('that comes too often is refused until later', async () => {
    const visitor = new Visitor();
    const statuses: number[] = [];
    for (let count = 0; count < 13; count += 1) {
      statuses.push(
        (await visitor.ask('POST', `/api/labs/${lab}/submissions`, { files: { 'src/nothing.mjs': '' }, key: randomUUID() })).status,
      );
    }
    expect(statuses.at(0)).toBe(400);
    expect(statuses.at(-1)).toBe(429);
  });
});
