import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/refusal';
import { readJson } from './read-body';

const request = (body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

describe('reading a body', () => {
  it('reads JSON with a charset', async () => {
    expect(await readJson(request('{"a":"é"}', { 'content-type': 'application/json; charset=utf-8' }), 100)).toEqual({ a: 'é' });
  });

  const refused: [name: string, body: BodyInit, headers: Record<string, string> | undefined, code: string][] = [
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 'wrong-content-type'],
    ['text, which a page may send across sites', '{}', { 'content-type': 'text/plain' }, 'wrong-content-type'],
    ['broken JSON', '{"a":', undefined, 'invalid-input'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), undefined, 'invalid-input'],
    ['an announced size above the limit', '"a"', { 'content-type': 'application/json', 'content-length': '101' }, 'too-large'],
    ['a body above the limit', `"${'a'.repeat(100)}"`, undefined, 'too-large'],
    ['nothing', '', undefined, 'invalid-input'],
  ];
  it.each(refused)('refuses %s', async (_name, body, headers, code) => {
    expect((await refusalOf(readJson(request(body, headers), 100))).code).toBe(code);
  });

  it('stops reading a body without an announced size as soon as it is too large', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    expect((await refusalOf(readJson(request(endless), 10 * 1024))).code).toBe('too-large');
    expect(sent).toBeLessThan(20);
  });
});
