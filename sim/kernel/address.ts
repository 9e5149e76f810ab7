// IP addresses and CIDR blocks, version 4 and 6: of networks, and of IAM's IpAddress operators.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress

export interface Address {
  /** 32 or 128. */
  bits: number;
  value: bigint;
}

/** Null when the text is no address. */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return { bits: 32, value };
}

function parseV6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] as string);
  const tail = halves.length === 2 ? groupsOf(halves[1] as string) : [];
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
}

/** Sixteen-bit groups; a version 4 address at the end counts as two. */
function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (part.includes('.') && i === parts.length - 1) {
      const v4 = parseV4(part);
      if (!v4) return null;
      groups.push(Number(v4.value >> 16n), Number(v4.value & 0xffffn));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return null;
    }
  }
  return groups;
}

/** Whether an address lies in a block; a block without a prefix length is one address. */
export function isInBlock(block: string, address: string): boolean {
  const slash = block.indexOf('/');
  const network = parseAddress(slash < 0 ? block : block.slice(0, slash));
  const candidate = parseAddress(address);
  if (!network || !candidate || network.bits !== candidate.bits) return false;
  const length = slash < 0 ? network.bits : Number(block.slice(slash + 1));
  if (!Number.isInteger(length) || length < 0 || length > network.bits) return false;
  const shift = BigInt(network.bits - length);
  return network.value >> shift === candidate.value >> shift;
}
