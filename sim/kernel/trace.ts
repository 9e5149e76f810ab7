// The trace as text: one fact a line, for golden files and hashes. Keys are sorted, so equal traces are equal bytes.
import type { Fact } from './fact';
import type { Json } from './json';

/** Texts that JSON shows as they are. A short look is cheaper than the general way; most texts of a trace are plain. */
const PLAIN = /^[ !#-[\]-~]*$/;
const PLAIN_CHARS_MAX = 120;
/** Member names as JSON text: a trace has few and repeats them. */
const quotedNames = new Map<string, string>();
const QUOTED_NAMES_MAX = 2000;

function quote(text: string): string {
  return text.length <= PLAIN_CHARS_MAX && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function quoteName(name: string): string {
  let quoted = quotedNames.get(name);
  if (quoted === undefined) {
    quoted = `${quote(name)}:`;
    if (quotedNames.size < QUOTED_NAMES_MAX) quotedNames.set(name, quoted);
  }
  return quoted;
}

/** In code-unit order; most objects have few members, and many of these stand in order already. */
function sortedNames(value: object): string[] {
  const names = Object.keys(value);
  for (let at = 1; at < names.length; at++) if ((names[at - 1] as string) > (names[at] as string)) return names.sort();
  return names;
}

/** JSON with object keys in code-unit order and no spaces. */
export function canonicalJson(value: Json | undefined): string {
  if (typeof value === 'string') return quote(value);
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const entry of value) text += text === '' ? canonicalJson(entry) : `,${canonicalJson(entry)}`;
    return `[${text}]`;
  }
  for (const name of sortedNames(value)) {
    const member = value[name];
    if (member === undefined) continue;
    if (text !== '') text += ',';
    text += quoteName(name) + canonicalJson(member);
  }
  return `{${text}}`;
}

/** `12 61004.250 <9 lambda:InvocationStarted arn:… {"attempt":2,…}` */
export function formatFact(fact: Fact): string {
  const cause = fact.cause === null ? '-' : `<${fact.cause}`;
  return `${fact.seq} ${fact.at.toFixed(3)} ${cause} ${fact.type} ${fact.resource} ${canonicalJson(fact.data)}`;
}

export function formatTrace(facts: readonly Fact[]): string {
  let text = '';
  for (const fact of facts) text += `${formatFact(fact)}\n`;
  return text;
}

const LINE = /^(\d+) (\d+\.\d{3}) (-|<\d+) (\S+) (\S+) (\{.*\})$/;

/** The reverse of formatFact. Throws on a line that is not a fact. */
export function parseFact(line: string): Fact {
  const match = LINE.exec(line);
  if (!match) throw new Error(`Not a fact: ${line.slice(0, 120)}`);
  const [, seq, at, cause, type, resource, data] = match as unknown as [string, string, string, string, string, string, string];
  return {
    seq: Number(seq),
    at: Number(at),
    cause: cause === '-' ? null : Number(cause.slice(1)),
    type: type as Fact['type'],
    resource,
    data: JSON.parse(data),
  };
}
