// Event patterns compiled: every `$or` spelled out, every field a path with its alternatives. Rejections are AWS's own.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

import { addressBits } from './address';
import type { Clause } from './clause';
import { toMillionths } from './decimal';
import { JsonError, JsonReader } from './json-reader';
import { isReserved, readMatchExpression } from './match-expression';
import { COMPLEXITY_MAX, wildcardComplexity } from './wildcard';

/** Alternatives by path; a path joins field names with dots. All paths must match. */
export type Branch = Map<string, Clause[]>;

export interface Pattern {
  /** One of them must match. */
  branches: Branch[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or */
const BRANCHES_MAX = 1000;

export type ParsedPattern = { pattern: Pattern } | { refused: string };

/** `refused` is the reason as AWS words it, the place in the text included where AWS gives it. */
export function parsePattern(text: string): ParsedPattern {
  try {
    const reader = new JsonReader(text);
    if (reader.next() !== 'object-start') reader.fail('Filter is not an object');
    const branches: Branch[] = [];
    readObject(reader, branches, [], false);
    for (const branch of branches) checkComplexity(branch);
    return { pattern: { branches } };
  } catch (error) {
    if (error instanceof JsonError) return { refused: error.message };
    throw error;
  }
}

/** Adds the object's fields to every branch; `$or` multiplies the branches. */
function readObject(reader: JsonReader, branches: Branch[], path: string[], isInsideOr: boolean): void {
  let isEmpty = true;
  while (reader.next() !== 'object-end') {
    isEmpty = false;
    const name = reader.text();
    if (name === '$or') {
      readOr(reader, branches, path);
      continue;
    }
    if (isInsideOr && isReserved(name)) reader.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const token = reader.next();
    if (token === 'object-start') readObject(reader, branches, [...path, name], isInsideOr);
    else if (token === 'array-start') readField(reader, branches, [...path, name].join('.'));
    else reader.fail(`"${name}" must be an object or an array`);
  }
  if (isEmpty) reader.fail('Empty objects are not allowed');
}

function readOr(reader: JsonReader, branches: Branch[], path: string[]): void {
  const before = branches.length > 0 ? branches.slice() : [new Map<string, Clause[]>()];
  branches.length = 0;
  if (reader.next() !== 'array-start') reader.fail('It must be an Array followed with $or.');
  let objects = 0;
  for (let token = reader.next(); token !== 'array-end'; token = reader.next()) {
    objects++;
    if (token !== 'object-start') reader.fail('Only JSON object is allowed in array of $or relationship.');
    const forked = before.map((branch) => new Map(branch));
    readObject(reader, forked, path, true);
    branches.push(...forked);
    if (branches.length > BRANCHES_MAX) throw new JsonError('Too many combinations of $or conditions: at most 1000 are allowed');
  }
  if (objects < 2) reader.fail('There must have at least 2 Objects in $or relationship.');
}

function readField(reader: JsonReader, branches: Branch[], path: string): void {
  const clauses: Clause[] = [];
  for (let token = reader.next(); token !== 'array-end'; token = reader.next()) {
    const text = reader.text();
    if (token === 'object-start') clauses.push(readMatchExpression(reader));
    else if (token === 'string') {
      const bits = addressBits(text);
      clauses.push(bits === null ? { is: 'string', text } : { is: 'address', text, bits });
    } else if (token === 'integer' || token === 'float') clauses.push({ is: 'number', text, millionths: toMillionths(text) });
    else if (token === 'true' || token === 'false' || token === 'null') clauses.push({ is: 'literal', text });
    else reader.fail('Match value must be String, number, true, false, or null');
  }
  if (clauses.length === 0) reader.fail('Empty arrays are not allowed');
  if (branches.length === 0) branches.push(new Map());
  // A path that comes twice: the last one counts.
  for (const branch of branches) branch.set(path, clauses);
}

function checkComplexity(branch: Branch): void {
  for (const clauses of branch.values()) {
    const wildcards = clauses
      .flatMap((clause) => (clause.is === 'anything-but' ? clause.clauses : [clause]))
      .flatMap((clause) => (clause.is === 'wildcard' ? [clause.pieces] : []));
    if (wildcards.length > 0 && wildcardComplexity(wildcards) >= COMPLEXITY_MAX) {
      throw new JsonError(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    }
  }
}
