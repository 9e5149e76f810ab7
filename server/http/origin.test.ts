import { describe, expect, it } from 'vitest';
import { isSameOrigin, siteOrigin } from './origin';

describe('a request that changes something', () => {
  const cases: [name: string, headers: Record<string, string>, baseUrl: string | null, same: boolean][] = [
    ['from a page of the site', { host: 'localhost:3000', origin: 'http://localhost:3000' }, null, true],
    ['from a page under a name of the local network', { host: 'desk.lan:3000', origin: 'http://desk.lan:3000' }, null, true],
    ['from another port', { host: 'localhost:3000', origin: 'http://localhost:8080' }, null, false],
    ['from another site', { host: 'localhost:3000', origin: 'https://evil.example' }, null, false],
    ['from a page without an origin', { host: 'localhost:3000', origin: 'null' }, null, false],
    [
      'from another site that claims to be the same',
      { host: 'localhost:3000', origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      null,
      false,
    ],
    ['without Origin from the same site', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' }, null, true],
    ['without Origin from a sibling', { host: 'localhost:3000', 'sec-fetch-site': 'same-site' }, null, false],
    ['without any sign of a page', { host: 'localhost:3000' }, null, false],
    ['without a host', { origin: 'http://localhost:3000' }, null, false],
    [
      'behind a proxy that speaks https',
      { host: 'learn.example', origin: 'https://learn.example', 'x-forwarded-proto': 'https' },
      null,
      true,
    ],
    [
      'over http on a site that is https',
      { host: 'learn.example', origin: 'http://learn.example', 'x-forwarded-proto': 'https' },
      null,
      false,
    ],
    ['at the address that BASE_URL names', { host: 'inner:3000', origin: 'https://learn.example' }, 'https://learn.example', true],
    ['at another address than BASE_URL names', { host: 'inner:3000', origin: 'http://inner:3000' }, 'https://learn.example', false],
  ];
  it.each(cases)('%s', (_name, headers, baseUrl, same) => {
    expect(isSameOrigin(new Headers(headers), baseUrl)).toBe(same);
  });
});

describe('BASE_URL', () => {
  it('is an origin or nothing', () => {
    expect(siteOrigin({})).toBeNull();
    expect(siteOrigin({ BASE_URL: 'https://learn.example/' })).toBe('https://learn.example');
  });
  it.each(['learn.example', 'https://learn.example/course', 'ftp://learn.example'])('refuses %s', (BASE_URL) => {
    expect(() => siteOrigin({ BASE_URL })).toThrow(/without a path/);
  });
});
