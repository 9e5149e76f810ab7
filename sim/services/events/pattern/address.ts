// IP addresses and CIDR blocks as bits: an address lies in a block when the block's bits begin the address's.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-ip-matching

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const MAPPED_IPV4 = '0'.repeat(80) + '1'.repeat(16);

function toBits(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

const DOT = 46;
const ZERO = 48;
const NINE = 57;

/** The address as a number of 32 bits; -1 when the text is none. */
export function readIpv4(text: string): number {
  const { length } = text;
  if (length < 7 || length > 15) return -1;
  let address = 0;
  let octet = -1;
  let octets = 0;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? text.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (octet < 0) return -1;
      address = address * 256 + octet;
      octet = -1;
      octets++;
    } else {
      if (code < ZERO || code > NINE) return -1;
      octet = (octet < 0 ? 0 : octet * 10) + code - ZERO;
      if (octet > 255) return -1;
    }
  }
  return octets === 4 ? address : -1;
}

function parseGroups(text: string): string[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const numbers = groups.map((group) => Number.parseInt(group, 16));
  if (groups.some((group) => group === '') || numbers.some((number) => number > 0xffff)) return null;
  return numbers.map((number) => toBits(number, 16));
}

function parseIpv6(text: string): string | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? '');
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '') : [];
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const bits = head.join('') + '0'.repeat(16 * missing) + tail.join('');
  return bits.startsWith(MAPPED_IPV4) ? bits.slice(96) : bits;
}

function looksLikeAddress(text: string): boolean {
  return IPV4.test(text) || IPV6.test(text);
}

/** `4` or `6` and the address's bits; null when the text is no address. An IPv4 address inside an IPv6 one is the IPv4 address. */
export function addressBits(text: string): string | null {
  const ipv4 = readIpv4(text);
  if (ipv4 >= 0) return `4${toBits(ipv4, 32)}`;
  const bits = IPV6.test(text) ? parseIpv6(text) : null;
  return bits === null ? null : (bits.length === 32 ? '4' : '6') + bits;
}

/** The bits that all addresses of the block begin with, or why the text is no CIDR block. */
export function parseCidr(text: string): { bits: string } | { refused: string } {
  const parts = text.split('/');
  while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
  const [address = '', mask = ''] = parts;
  if (parts.length !== 2) return { refused: "Malformed CIDR, one '/' required" };
  if (!/^[+-]?\d+$/.test(mask) || Math.abs(Number(mask)) > 0x7fffffff) {
    return { refused: 'Malformed CIDR, mask bits must be an integer' };
  }
  const maskBits = Number(mask);
  if (maskBits < 0) return { refused: 'Malformed CIDR, mask bits must not be negative' };
  if (!looksLikeAddress(address)) return { refused: `Nonstandard IP address: ${address}` };
  const bits = addressBits(address);
  if (bits === null) return { refused: `Invalid IP address: ${address}` };
  if (bits.startsWith('4') && maskBits > 31) return { refused: 'IPv4 mask bits must be < 32' };
  if (maskBits > 127) return { refused: 'IPv6 mask bits must be < 128' };
  return { bits: bits.slice(0, 1 + maskBits) };
}
