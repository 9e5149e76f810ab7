// Wildcards of the policy language: `*` is any run of characters, `?` exactly one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

/** Patterns carry wildcards as private-use characters, so that a literal `*` from `${*}` or from a context value stays literal. */
export const MANY = '\uE000';
export const ONE = '\uE001';

/** Turns the wildcards of a policy's text into pattern characters. */
export function toPattern(text: string): string {
  return text.replaceAll('*', MANY).replaceAll('?', ONE);
}

export function hasWildcard(pattern: string): boolean {
  return pattern.includes(MANY) || pattern.includes(ONE);
}

/** Whether the whole text matches. Goes back only to the latest `*`: time is at most the product of the lengths. */
export function globMatches(pattern: string, text: string): boolean {
  if (pattern === MANY) return true;
  let p = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    const at = p < pattern.length ? pattern[p] : '';
    if (at === MANY) {
      star = p++;
      retry = t;
    } else if (at === ONE || (at !== '' && at === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[p] === MANY) p++;
  return p === pattern.length;
}

/** A pattern that is matched often: the usual shapes are decided without a search. */
export type Glob = (text: string) => boolean;

export function compileGlob(pattern: string): Glob {
  if (pattern === MANY) return () => true;
  if (!hasWildcard(pattern)) return (text) => text === pattern;
  const prefix = pattern.slice(0, -1);
  if (pattern.endsWith(MANY) && !hasWildcard(prefix)) return (text) => text.startsWith(prefix);
  return (text) => globMatches(pattern, text);
}
