// Sentences about facts, as data: words, names set in code type, and links to the facts that they rest on.

export type Part = string | { code: string } | { fact: number; text: string };

/** What a fact means for the work: chooses the colour and the word in front of the sentence. */
export type Tone = 'cold' | 'warm' | 'wait' | 'fault' | 'ash' | 'plain';

export interface Explanation {
  tone: Tone;
  parts: Part[];
}

/** Builds parts from a template: `says`The function ${code('charge')} ends.``. */
export function says(words: TemplateStringsArray, ...values: (Part | Part[] | number)[]): Part[] {
  const parts: Part[] = [];
  words.forEach((word, index) => {
    if (word !== '') parts.push(word);
    const value = values[index];
    if (value === undefined) return;
    if (Array.isArray(value)) parts.push(...value);
    else parts.push(typeof value === 'number' ? String(value) : value);
  });
  return parts;
}

export function code(text: string): Part {
  return { code: text };
}

/** Texts of `sim/explain` set names and values between backticks. */
export function partsOf(text: string): Part[] {
  return text.split('`').flatMap((piece, position): Part[] => (piece === '' ? [] : [position % 2 === 0 ? piece : { code: piece }]));
}

export function plainText(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : 'code' in part ? part.code : part.text)).join('');
}

/** Long payloads are cut for sentences; the facts show them whole. */
export function shorten(text: string, charactersMax = 80): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1)}…`;
}
