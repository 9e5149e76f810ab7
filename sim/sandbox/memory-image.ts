// A guest's whole state is its memory and one register. A cold start copies an image of a runtime that has started, or that has
// loaded a handler; an environment that gives up its instance is kept as the blocks that differ from the first of these.
import type { Engine } from './engine';
import type { Pointer } from './engine-exports';

const PAGE_BYTES = 4096;
const BLOCK_BYTES = 256;
const BLOCK_WORDS = BLOCK_BYTES / 4;
/** Room below the stack pointer that is cleared at each start; what lies deeper is dead and never read. */
const STACK_ROOM_BYTES = 262_144;
const WASM_PAGE_BYTES = 65_536;

/** The state of a guest between two slices. What lies below the stack pointer is dead: it is cleared at a start, never copied. */
export interface MemoryImage {
  /** Size of the memory. */
  memoryBytes: number;
  /** Static data, from address 0. */
  low: Uint8Array;
  /** What lies above the stack pointer, from `highFrom` on: the heap. After it the memory is all zero. */
  high: Uint8Array;
  highFrom: number;
  /** From where the stack is cleared. */
  stackFrom: number;
  stackPointer: Pointer;
  /** Where the heap ends. */
  usedTo: number;
}

/** What one environment changed, in blocks of 256 bytes. */
export interface Delta {
  memoryBytes: number;
  blocks: Uint32Array;
  content: Uint8Array;
}

/** An image of a runtime that has just started: finds the native stack, which lies between static data and heap. */
export function captureBase(engine: Engine): MemoryImage {
  const stackPointer = engine.exports.stack_save();
  const words = new Uint32Array(engine.memory.buffer);
  const isZeroPage = (page: number) => {
    for (let word = (page * PAGE_BYTES) / 4; word < ((page + 1) * PAGE_BYTES) / 4; word++) if (words[word] !== 0) return false;
    return true;
  };
  // The unused part of the stack is the longest run of zeros below the stack pointer.
  let [gapFrom, gapTo, runFrom] = [0, 0, 0];
  for (let page = 0; page * PAGE_BYTES < stackPointer; page++) {
    if (isZeroPage(page)) continue;
    if (page - runFrom > gapTo - gapFrom) [gapFrom, gapTo] = [runFrom, page];
    runFrom = page + 1;
  }
  const lowTo = gapFrom * PAGE_BYTES;
  return capture(engine, lowTo, Math.max(lowTo, gapTo * PAGE_BYTES - STACK_ROOM_BYTES), stackPointer);
}

/** An image of the same engine later, when no slice is running. */
export function captureLike(engine: Engine, base: MemoryImage): MemoryImage {
  return capture(engine, base.low.length, base.stackFrom, base.stackPointer);
}

function capture(engine: Engine, lowTo: number, stackFrom: number, stackPointer: Pointer): MemoryImage {
  const memory = engine.bytes;
  const words = new Uint32Array(memory.buffer);
  let used = words.length;
  while (used > 0 && words[used - 1] === 0) used--;
  const highFrom = stackPointer - (stackPointer % BLOCK_BYTES);
  const usedTo = Math.max(highFrom, Math.ceil((used * 4) / BLOCK_BYTES) * BLOCK_BYTES);
  return {
    memoryBytes: memory.length,
    low: memory.slice(0, lowTo),
    high: memory.slice(highFrom, usedTo),
    highFrom,
    stackFrom,
    stackPointer,
    usedTo,
  };
}

/** Makes an instance what it was at the image, or what an environment left that began there. The instance must not be larger than either. */
export function restore(engine: Engine, image: MemoryImage, delta: Delta | null): void {
  const missing = (delta?.memoryBytes ?? image.memoryBytes) - engine.memory.buffer.byteLength;
  if (missing > 0) engine.memory.grow(missing / WASM_PAGE_BYTES);
  const memory = engine.bytes;
  memory.set(image.low);
  memory.fill(0, image.stackFrom, image.highFrom);
  memory.set(image.high, image.highFrom);
  memory.fill(0, image.usedTo);
  if (delta) {
    delta.blocks.forEach((block, index) => {
      memory.set(delta.content.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES), block * BLOCK_BYTES);
    });
  }
  engine.exports.stack_restore(image.stackPointer);
  engine.rejections = [];
}

/** What differs from the image that `restore` will start from. */
export function captureDelta(engine: Engine, base: MemoryImage): Delta {
  const memory = engine.bytes;
  const changed: number[] = [];
  const compare = (then: Uint8Array, from: number, to: number) => {
    const now = new Uint32Array(memory.buffer, from, (to - from) / 4);
    const was = new Uint32Array(then.buffer);
    for (let first = 0; first < now.length; first += BLOCK_WORDS) {
      const end = first + BLOCK_WORDS;
      for (let word = first; word < end; word++) {
        if (now[word] !== (word < was.length ? was[word] : 0)) {
          changed.push(from / BLOCK_BYTES + first / BLOCK_WORDS);
          break;
        }
      }
    }
  };
  compare(base.low, 0, base.low.length);
  compare(base.high, base.highFrom, memory.length);
  const content = new Uint8Array(changed.length * BLOCK_BYTES);
  changed.forEach((block, index) => {
    content.set(memory.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES), index * BLOCK_BYTES);
  });
  return { memoryBytes: memory.length, blocks: Uint32Array.from(changed), content };
}
