// The world's only source of chance: sfc32, seeded through splitmix32. https://pracrand.sourceforge.net/RNG_engines.txt

export interface Random {
  /** Uniform in [0, 1) with 32 bits. */
  next(): number;
  /** A 32-bit unsigned integer. */
  uint32(): number;
}

export function createRandom(seed: number): Random {
  let mix = seed | 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let t = mix ^ (mix >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) | 0;
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let counter = 1;
  const uint32 = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();
  return { uint32, next: () => uint32() / 4294967296 };
}

/** A seed for a named part of a world, so that one part's draws never shift another's. FNV-1a over the name. */
export function seedFor(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** RFC 9562 version 4. */
export function uuidFrom(random: Random): string {
  const a = hex32(random.uint32());
  const b = hex32(random.uint32());
  const c = hex32(random.uint32());
  const d = hex32(random.uint32());
  const variant = '89ab'[Number.parseInt(c.charAt(0), 16) & 3];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
