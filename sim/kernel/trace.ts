// The trace as text: one fact a line, for golden files and hashes. Keys are sorted, so equal traces are equal bytes.
import type { Fact } from './fact';
import type { Json } from './json';

/** JSON with object keys in code-unit order and no spaces. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined) return 'null';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** `12 61004.250 <9 lambda:InvocationStarted arn:… {"attempt":2,…}` */
export function formatFact(fact: Fact): string {
  const cause = fact.cause === null ? '-' : `<${fact.cause}`;
  return `${fact.seq} ${fact.at.toFixed(3)} ${cause} ${fact.type} ${fact.resource} ${canonicalJson(fact.data)}`;
}

export function formatTrace(facts: readonly Fact[]): string {
  return facts.map((fact) => `${formatFact(fact)}\n`).join('');
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
