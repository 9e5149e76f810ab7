// The network address that a request came from: what limits count for visitors without a session.
// The site writes it into a header of its own on every request, over whatever the client sent under that name.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export const clientAddressHeader = 'x-coldstart-address';

/** `TRUST_PROXY`: how many reverse proxies stand in front of the site. Each adds one address at the end of X-Forwarded-For. */
export function addressOf(remote: string | undefined, forwardedFor: string | undefined, proxies: number): string {
  const hops = (forwardedFor ?? '').split(',').map((part) => part.trim());
  const forwarded = proxies > 0 ? hops[hops.length - proxies] : undefined;
  const address = forwarded !== undefined && isIP(forwarded) !== 0 ? forwarded : (remote ?? '');
  return shorten(address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, ''));
}

/** One IPv6 customer holds a whole /64, so that is what counts as one address. */
function shorten(address: string): string {
  if (isIP(address) !== 6) return address === '' ? 'unknown' : address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::`;
}

export function parseProxies(text: string | undefined): number {
  const count = Number(text ?? '0');
  if (!Number.isInteger(count) || count < 0 || count > 10)
    throw new Error('TRUST_PROXY is the number of reverse proxies in front of the site: 0, 1, 2 …');
  return count;
}

/** Marks every request of every HTTP server in this process, before any handler sees it. */
export function recordClientAddresses(proxies: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwardedFor = request.headers['x-forwarded-for'];
    request.headers[clientAddressHeader] = addressOf(
      request.socket.remoteAddress,
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      proxies,
    );
  });
}
