// What a fetch sends and gives back, where the runtime takes a short way for the usual case.
import { beforeAll, describe, expect, it } from 'vitest';
import { runOnce, spec } from '../../test/sandbox/guest-run';
import { testSandboxes } from '../../test/sandboxes';
import type { SandboxFactory } from './sandbox';

let factory: SandboxFactory;
beforeAll(async () => {
  factory = await testSandboxes();
});

const ADDRESSES = [
  'https://payments.example',
  'https://payments.example/',
  'https://payments.example/charges/42',
  'http://payments.example/a//b/',
  'https://payments.example/a.json',
  'https://payments.example/a/../b',
  'https://payments.example/a/./b',
  'https://payments.example/.hidden/..',
  'https://payments.example:443/a',
  'https://payments.example:8443/a',
  'HTTPS://Payments.Example/A',
  'https://payments.example/a b?q=ä#x',
  'https://user:secret@payments.example/a',
  'https://payments.example/%41',
  'https://1.2.3.4/a',
];

describe('the address of a request', () => {
  it.each(ADDRESSES)('%s is the same as that of a URL', (address) => {
    const code = 'export const handler = async ({ address }) => [new Request(address).url, new URL(address).href];';
    const [ofRequest, ofUrl] = runOnce(factory, spec(code), { address }).result as string[];
    expect(ofRequest).toBe(ofUrl);
    expect(ofUrl).toBe(new URL(address).href);
  });
});

describe('an answer', () => {
  const fetched = (expression: string, body: object) =>
    runOnce(
      factory,
      spec(`export const handler = async () => { const answer = await fetch('https://x.example/'); return ${expression}; };`),
      {},
      () => ({ ok: true, body: JSON.stringify(body) }),
    ).result;

  it('has the content type that the host gave and no other', () => {
    expect(fetched("answer.headers.get('content-type')", { status: 200, body: 'plain' })).toBeNull();
    expect(fetched("answer.headers.get('content-type')", { status: 200, headers: { 'Content-Type': 'text/csv' }, body: 'a' })).toBe(
      'text/csv',
    );
  });

  it.each(['é€😀', '', '{"a":1}'])('gives back the text %j', (body) => {
    expect(fetched('answer.text()', { status: 200, body })).toBe(body);
  });

  it('replaces half a surrogate pair, as bytes on a wire would', () => {
    expect(fetched('answer.text()', { status: 200, body: 'a\ud83d' })).toBe('a\ufffd');
  });
});

describe('headers of a request', () => {
  it('are sent in small letters, in order, joined, whatever they are called', () => {
    const headers = "[['B', '2'], ['a', ' 1 '], ['b', '3'], ['__proto__', 'x'], ['Constructor', 'y']]";
    const code = `export const handler = async () => { await fetch('https://x.example/', { headers: ${headers} }); };`;
    const [request] = runOnce(factory, spec(code)).requests;
    expect(Object.entries(request && 'headers' in request ? request.headers : {})).toEqual([
      ['__proto__', 'x'],
      ['a', '1'],
      ['b', '2, 3'],
      ['constructor', 'y'],
    ]);
  });

  it.each(['a b', '', 'ä', 'a:b'])('named %j are refused, the second time too', (name) => {
    const code = `const tries = () => { try { new Headers({ [${JSON.stringify(name)}]: '1' }); return 'taken'; } catch (error) { return error.name; } };
export const handler = async () => [tries(), tries()];`;
    expect(runOnce(factory, spec(code)).result).toEqual(['TypeError', 'TypeError']);
  });
});
