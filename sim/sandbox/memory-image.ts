// A guest's whole state is its memory and one register. A cold start copies the image of a freshly started runtime;
// an environment that gives up its instance is kept as the blocks that differ from that image.
import type { Engine } from './engine';
import type { Pointer } from './engine-exports';

const PAGE_BYTES = 4096;
const BLOCK_BYTES = 256;
const BLOCK_WORDS = BLOCK_BYTES / 4;
/** Room below the stack pointer that is cleared at each start; what lies deeper is dead and never read. */
const STACK_ROOM_BYTES = 1_048_576;
const WASM_PAGE_BYTES = 65_536;

/** The state of a runtime that has not yet seen any code of a learner. */
export interface BaseImage {
  bytes: Uint8Array;
  stackPointer: Pointer;
  /** Unused native stack between static data and heap: never copied. */
  gapFrom: number;
  gapTo: number;
  /** After this the image is all zero. */
  usedTo: number;
}

/** What one environment changed, in blocks of 256 bytes. */
export interface Delta {
  memoryBytes: number;
  blocks: Uint32Array;
  content: Uint8Array;
}

export function captureBase(engine: Engine): BaseImage {
  const bytes = engine.bytes.slice();
  const words = new Uint32Array(bytes.buffer);
  const isZeroPage = (page: number) => {
    for (let word = (page * PAGE_BYTES) / 4; word < ((page + 1) * PAGE_BYTES) / 4; word++) if (words[word] !== 0) return false;
    return true;
  };
  const pages = bytes.length / PAGE_BYTES;
  let [gapFrom, gapTo, runFrom, usedTo] = [0, 0, 0, 0];
  for (let page = 0; page < pages; page++) {
    if (isZeroPage(page)) continue;
    // The tail of zeros does not count: the gap lies between two used parts.
    if (page - runFrom > gapTo - gapFrom) [gapFrom, gapTo] = [runFrom, page];
    runFrom = page + 1;
    usedTo = page + 1;
  }
  const from = gapFrom * PAGE_BYTES;
  return {
    bytes,
    stackPointer: engine.exports.stack_save(),
    gapFrom: from,
    gapTo: Math.max(from, gapTo * PAGE_BYTES - STACK_ROOM_BYTES),
    usedTo: usedTo * PAGE_BYTES,
  };
}

/** Makes an instance what it was at the image, or what an environment left. The instance must not be larger than either. */
export function restore(engine: Engine, base: BaseImage, delta: Delta | null): void {
  const missing = (delta?.memoryBytes ?? base.bytes.length) - engine.memory.buffer.byteLength;
  if (missing > 0) engine.memory.grow(missing / WASM_PAGE_BYTES);
  const memory = engine.bytes;
  memory.set(base.bytes.subarray(0, base.gapFrom));
  memory.set(base.bytes.subarray(base.gapTo, base.usedTo), base.gapTo);
  memory.fill(0, base.usedTo);
  if (delta) {
    delta.blocks.forEach((block, index) => {
      memory.set(delta.content.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES), block * BLOCK_BYTES);
    });
  }
  engine.exports.stack_restore(base.stackPointer);
  engine.rejections = [];
}

export function captureDelta(engine: Engine, base: BaseImage): Delta {
  const memory = engine.bytes;
  const now = new Uint32Array(memory.buffer);
  const then = new Uint32Array(base.bytes.buffer);
  const changed: number[] = [];
  for (let block = 0; block < now.length / BLOCK_WORDS; block++) {
    if (block * BLOCK_BYTES === base.gapFrom) block = base.gapTo / BLOCK_BYTES;
    const end = (block + 1) * BLOCK_WORDS;
    for (let word = block * BLOCK_WORDS; word < end; word++) {
      if (now[word] !== (word < then.length ? then[word] : 0)) {
        changed.push(block);
        break;
      }
    }
  }
  const content = new Uint8Array(changed.length * BLOCK_BYTES);
  changed.forEach((block, index) => {
    content.set(memory.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES), index * BLOCK_BYTES);
  });
  return { memoryBytes: memory.length, blocks: Uint32Array.from(changed), content };
}
