// The host's copy of an environment's /tmp, kept up to date by every write, so that it outlives a guest that was killed.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (LAM-CLD-X04)
import type { TmpFiles } from './sandbox';

interface Copy {
  parts: Uint8Array[];
  changedMs: number;
}

export class TmpMirror {
  /** Files by path in the order in which they were made; folders map to null. */
  private readonly copies = new Map<string, Copy | null>();

  constructor(files: TmpFiles) {
    for (const [path, file] of Object.entries(files)) this.copies.set(path, file && { parts: [file.bytes], changedMs: file.changedMs });
  }

  /** Bytes from 0 on replace what the file held; others go on from where it ends. */
  write(path: string, bytes: Uint8Array, from: number, changedMs: number): void {
    const copy = from > 0 ? this.copies.get(path) : undefined;
    if (!copy) this.copies.set(path, { parts: [bytes], changedMs });
    else {
      copy.parts.push(bytes);
      copy.changedMs = changedMs;
    }
  }

  makeFolder(path: string): void {
    this.copies.set(path, null);
  }

  remove(path: string): void {
    this.copies.delete(path);
  }

  files(): TmpFiles {
    const files: TmpFiles = {};
    for (const [path, copy] of this.copies) files[path] = copy && { bytes: joined(copy.parts), changedMs: copy.changedMs };
    return files;
  }
}

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What the guest is told of /tmp at its start; it asks for the bytes of a file when it needs them. */
export function sizesOf(files: TmpFiles): Record<string, { size: number; changedMs: number } | null> {
  const entries = Object.entries(files).map(([path, file]) => [path, file && { size: file.bytes.length, changedMs: file.changedMs }]);
  return Object.fromEntries(entries) as Record<string, { size: number; changedMs: number } | null>;
}
