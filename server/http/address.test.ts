import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressOf, clientAddressHeader, parseProxies, recordClientAddresses } from './address';

describe('the address of a client', () => {
  const cases: [name: string, remote: string | undefined, forwarded: string | undefined, proxies: number, address: string][] = [
    ['is the socket’s without a proxy, whatever the client claims', '192.0.2.7', '203.0.113.9', 0, '192.0.2.7'],
    ['is what one trusted proxy saw', '10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
    ['is not what the client wrote before the proxy', '10.0.0.1', '6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
    ['counts two trusted proxies from the right', '10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['is the socket’s when the header is shorter than the chain of proxies', '10.0.0.1', '203.0.113.9', 2, '10.0.0.1'],
    ['is the socket’s when the header is no address', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
    ['reads an IPv4 address inside an IPv6 one', '::ffff:192.0.2.7', undefined, 0, '192.0.2.7'],
    ['is a /64 for IPv6', '2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::'],
    ['is the same /64 when zeros are left out', '2001:db8::5:6', undefined, 0, '2001:db8:0:0::'],
    ['is a /64 for the loopback address', '::1', undefined, 0, '0:0:0:0::'],
    ['has a name when there is none', undefined, undefined, 0, 'unknown'],
  ];
  it.each(cases)('%s', (_name, remote, forwarded, proxies, address) => {
    expect(addressOf(remote, forwarded, proxies)).toBe(address);
  });

  it.each(['-1', '1.5', 'yes', '11'])('refuses TRUST_PROXY=%s', (text) => {
    expect(() => parseProxies(text)).toThrow(/number of reverse proxies/);
  });

  it('is written over what a request brings under the header’s name', async () => {
    recordClientAddresses(0);
    const server = createServer((request, response) => response.end(String(request.headers[clientAddressHeader])));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as { port: number };
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        headers: { [clientAddressHeader]: '6.6.6.6', 'x-forwarded-for': '6.6.6.6' },
      });
      expect(await response.text()).toBe('127.0.0.1');
    } finally {
      server.close();
    }
  });
});
