// The files of a learner's answer as they come from a browser: checked against the lab and against fixed limits.
import { z } from 'zod';
import type { LabFiles } from '../../labs/lab';
import { Refusal } from '../refusal';

/** What a command needs to know about a lab. */
export interface LabOutline {
  slug: string;
  /** The paths that a learner may change. */
  editable: readonly string[];
}

const labFilesMax = 40;
export const labBytesMax = 512 * 1024;
/** Relative, forward slashes, no dot segments: the path is also a path in the learner's download. */
const pathPattern = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+){0,7}$/;
const pathCharactersMax = 120;
/** NUL, and halves of surrogate pairs: PostgreSQL's JSON cannot hold them, and they are not text. */
const notText = /[\0\p{Surrogate}]/u;

const filesInput = z.record(z.string(), z.string());

export function parseLabFiles(lab: LabOutline, input: unknown): LabFiles {
  const parsed = filesInput.safeParse(input);
  if (!parsed.success) throw new Refusal('invalid-input', 'Send "files" as an object from path to text.');
  const files = Object.entries(parsed.data);
  if (files.length === 0) throw new Refusal('invalid-input', `Send at least one of the files of this lab: ${lab.editable.join(', ')}.`);
  if (files.length > labFilesMax)
    throw new Refusal('too-large', `A lab may have ${labFilesMax} files at most; this one has ${files.length}. Remove some.`);
  let bytes = 0;
  for (const [path, text] of files) {
    if (path.length > pathCharactersMax || !pathPattern.test(path) || !lab.editable.includes(path)) {
      throw new Refusal(
        'invalid-input',
        `"${path.slice(0, pathCharactersMax)}" is not a file that this lab lets you change. You can change ${lab.editable.join(', ')}.`,
      );
    }
    if (notText.test(text)) {
      const line = text.split('\n').findIndex((candidate) => notText.test(candidate)) + 1;
      throw new Refusal('invalid-input', `"${path}" has a character that is not text, in line ${line}. Delete it and save again.`);
    }
    bytes += Buffer.byteLength(text);
  }
  if (bytes > labBytesMax) {
    throw new Refusal(
      'too-large',
      `The files are ${Math.ceil(bytes / 1024)} KB together; a lab may have ${labBytesMax / 1024} KB. Shorten them and save again.`,
    );
  }
  return parsed.data;
}

export function sameFiles(a: LabFiles, b: LabFiles): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}
