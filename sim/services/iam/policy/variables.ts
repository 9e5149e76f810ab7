// Policy variables: `${aws:username}`, defaults `${aws:PrincipalTag/team, 'none'}` and the escapes `${*}`, `${?}`, `${$}`.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
import { toPattern } from './glob';

/** Condition keys in lower case, each with its values. A key without values is as good as absent. */
export type ContextValues = ReadonlyMap<string, readonly string[]>;

interface Variable {
  /** In lower case. */
  key: string;
  fallback: string | null;
}

/** A text of a policy in which variables may stand. */
export interface Template {
  source: string;
  pieces: (string | Variable)[];
  /** The text itself when it holds no variable. */
  fixed: string | null;
}

/** Variables work from this version on; in older policies their text is literal. */
export const VARIABLES_SINCE = '2012-10-17';

const VARIABLE = /\$\{([^{}]*)\}/g;
const ESCAPES = new Set(['*', '?', '$']);

export function compileTemplate(source: string, options: { variables: boolean; wildcards: boolean }): Template {
  const literal = options.wildcards ? toPattern : (text: string) => text;
  if (!options.variables || !source.includes('${')) return { source, pieces: [], fixed: literal(source) };
  const pieces: (string | Variable)[] = [];
  let from = 0;
  for (const match of source.matchAll(VARIABLE)) {
    pieces.push(literal(source.slice(from, match.index)));
    from = match.index + match[0].length;
    const inside = match[1] as string;
    pieces.push(ESCAPES.has(inside) ? inside : parseVariable(inside));
  }
  pieces.push(literal(source.slice(from)));
  if (pieces.every((piece) => typeof piece === 'string')) return { source, pieces: [], fixed: pieces.join('') };
  return { source, pieces, fixed: null };
}

function parseVariable(inside: string): Variable {
  const comma = inside.indexOf(',');
  if (comma < 0) return { key: inside.trim().toLowerCase(), fallback: null };
  const fallback = /^\s*'(.*)'\s*$/.exec(inside.slice(comma + 1));
  return { key: inside.slice(0, comma).trim().toLowerCase(), fallback: fallback?.[1] ?? null };
}

/** Null when a variable has neither one value nor a default: such a text equals nothing. */
export function resolveTemplate(template: Template, context: ContextValues): string | null {
  if (template.fixed !== null) return template.fixed;
  let text = '';
  for (const piece of template.pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const values = context.get(piece.key);
    // A key of several values cannot stand in a text: AWS replaces variables by single values only.
    const value = values?.length === 1 ? values[0] : undefined;
    if (value === undefined && piece.fallback === null) return null;
    text += value ?? piece.fallback;
  }
  return text;
}

/** The condition keys that a text refers to, as written in lower case. */
export function variablesOf(template: Template): string[] {
  return template.pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.key]));
}
