// IP addresses and CIDR blocks for the `cidr` operator. https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html

export interface Address {
  /** 32 or 128. */
  bits: number;
  value: bigint;
}

export function parseAddress(text: string): Address | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    let value = 0n;
    for (const part of text.split('.')) {
      const byte = Number(part);
      if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return null;
      value = (value << 8n) | BigInt(byte);
    }
    return { bits: 32, value };
  }
  return text.includes(':') ? parseV6(text) : null;
}

function parseV6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const head = groups(halves[0] ?? '');
  const tail = groups(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  let value = 0n;
  for (const group of [...head, ...Array<string>(missing).fill('0'), ...tail]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return { bits: 128, value };
}

export interface Block {
  address: Address;
  prefixLength: number;
}

export function isInBlock(address: Address, { address: base, prefixLength }: Block): boolean {
  if (address.bits !== base.bits) return false;
  const shift = BigInt(base.bits - prefixLength);
  return address.value >> shift === base.value >> shift;
}
