import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventObject } from '../matcher/event-value';
import { Machine } from '../matcher/machine';
import { addressBits, parseCidr } from './address';
import { parsePattern } from './pattern';

/** How one address may be written: digits with zeros before them or in capitals, one run of zeros left out. */
interface Spelling {
  padded: boolean;
  capitals: boolean;
  /** Groups from here on, while they are zero, become `::`. */
  shortFrom: number;
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  padded: fc.boolean(),
  capitals: fc.boolean(),
  shortFrom: fc.integer({ min: 0, max: 8 }),
});

function writeIpv6(address: bigint, { padded, capitals, shortFrom }: Spelling): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((address >> BigInt(112 - 16 * i)) & 0xffffn));
  const texts = groups.map((group) => group.toString(16).padStart(padded ? 4 : 1, '0'));
  let end = shortFrom;
  while (groups[end] === 0) end++;
  const text = end > shortFrom ? `${texts.slice(0, shortFrom).join(':')}::${texts.slice(end).join(':')}` : texts.join(':');
  return capitals ? text.toUpperCase() : text;
}

function writeIpv4(address: bigint, { padded }: Spelling): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n).padStart(padded ? 3 : 1, '0')).join('.');
}

/** An address near the network or far from it. */
function pairOf(bits: number): fc.Arbitrary<{ network: bigint; mask: number; address: bigint }> {
  const any = fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
  // Many zeros, so that there is something to shorten.
  const sparse = fc.tuple(any, any, any).map(([a, b, c]) => a & b & c & ~(0xffffffffn << BigInt(bits / 2)));
  return fc
    .record({
      network: fc.oneof(any, sparse),
      mask: fc.integer({ min: 0, max: bits - 1 }),
      other: any,
      flip: fc.integer({ min: 0, max: bits }),
    })
    .map(({ network, mask, other, flip }) => {
      const open = (1n << BigInt(bits - mask)) - 1n;
      const inside = (network & ~open) | (other & open);
      return { network, mask, address: flip === bits ? inside : inside ^ (1n << BigInt(flip)) };
    });
}

function matches(cidr: string, text: string): boolean {
  const parsed = parsePattern(JSON.stringify({ a: [{ cidr }, 'x', { cidr: '198.51.100.0/31' }] }));
  if ('refused' in parsed) throw new Error(parsed.refused);
  const machine = new Machine();
  machine.add('rule', parsed.pattern);
  return machine.match({ a: text } as EventObject).length > 0;
}

const MAPPED = 0xffffn << 32n;

describe('a CIDR block', () => {
  it.each([
    [32, writeIpv4],
    [128, writeIpv6],
  ] as const)('of %i bits holds the addresses that its mask says, however they are written', (bits, write) => {
    fc.assert(
      fc.property(pairOf(bits), spelling, spelling, ({ network, mask, address }, one, other) => {
        // An IPv4 address in IPv6's clothes is the IPv4 address; it has its own test.
        fc.pre(bits === 32 || (network >> 32n !== 0xffffn && address >> 32n !== 0xffffn));
        fc.pre(bits === 128 || !write(address, other).startsWith('198.51.100.'));
        const shift = BigInt(bits - mask);
        expect(matches(`${write(network, one)}/${mask}`, write(address, other))).toBe(network >> shift === address >> shift);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes an IPv4 address that is written as an IPv6 one for the IPv4 address', () => {
    fc.assert(
      fc.property(pairOf(32), spelling, ({ network, mask, address }, how) => {
        const asIpv6 = (each: bigint) => writeIpv6(MAPPED | each, how);
        const [plainBlock, mappedBlock] = [`${writeIpv4(network, how)}/${mask}`, `${asIpv6(network)}/${mask}`];
        expect(matches(plainBlock, asIpv6(address))).toBe(matches(plainBlock, writeIpv4(address, how)));
        expect(matches(mappedBlock, writeIpv4(address, how))).toBe(matches(plainBlock, writeIpv4(address, how)));
      }),
    );
  });

  it.each([
    ['10.0.0.0/0', '203.0.113.9', true],
    ['10.0.0.0/0', '::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '10.0.0.1', false],
    ['10.0.0.255/31', '10.0.0.254', true],
    ['10.0.0.255/31', '10.0.0.253', false],
    ['2001:DB8::/32', '2001:db8:0:0:0:0:0:1', true],
    ['::ffff:a00:0/8', '10.200.0.1', true],
    ['10.0.0.0/8', '10.0.0', false],
    ['10.0.0.0/8', '10.0.0.1.1', false],
    ['10.0.0.0/8', '10.0.0.1/32', false],
    ['10.0.0.0/8', ' 10.0.0.1', false],
    ['10.0.0.0/8', '10.0.0.-1', false],
    ['10.0.0.0/8', '', false],
  ])('%s against %j is %s', (cidr, text, verdict) => {
    expect(matches(cidr, text)).toBe(verdict);
  });

  it.each([
    ['10.0.0.0/32', 'IPv4 mask bits must be < 32'],
    ['2001:db8::/128', 'IPv6 mask bits must be < 128'],
    ['::ffff:a00:0/96', 'IPv4 mask bits must be < 32'],
    ['10.0.0.0/', "Malformed CIDR, one '/' required"],
    ['10.0.0.0/8/8', "Malformed CIDR, one '/' required"],
    ['/8', 'Nonstandard IP address: '],
    ['10.0.0.0/-1', 'Malformed CIDR, mask bits must not be negative'],
    ['10.0.0.0/8.0', 'Malformed CIDR, mask bits must be an integer'],
    ['10.0.0.0/ 8', 'Malformed CIDR, mask bits must be an integer'],
    ['10.0.0.0/4294967296', 'Malformed CIDR, mask bits must be an integer'],
    ['10.0.0/8', 'Nonstandard IP address: 10.0.0'],
    ['10.0.0.256/8', 'Invalid IP address: 10.0.0.256'],
    ['1:2:3/8', 'Invalid IP address: 1:2:3'],
    ['1::2::3/8', 'Invalid IP address: 1::2::3'],
    ['::10.0.0.1/8', 'Nonstandard IP address: ::10.0.0.1'],
    ['fe80::1%eth0/64', 'Nonstandard IP address: fe80::1%eth0'],
  ])('%s is refused: %s', (text, refused) => {
    expect(parseCidr(text)).toEqual({ refused });
  });
});

describe('an address', () => {
  it.each([
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    ':1:2:3:4:5:6:7',
    '12345::',
    ':',
    ':::',
    '1.2.3.4.',
    '1.2.3',
    'a.b.c.d',
    '1234.1.1.1',
  ])('%s is none', (text) => {
    expect(addressBits(text)).toBeNull();
  });
});
