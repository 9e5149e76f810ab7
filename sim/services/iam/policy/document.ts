// A policy document as data that is quick to match. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import type { JsonObject } from '../../../kernel/json';
import { type Condition, compileCondition } from './condition';
import { compileGlob, type Glob, toPattern } from './glob';
import { type PrincipalPattern, parsePrincipal } from './principal';
import { compileTemplate, type Template, VARIABLES_SINCE } from './variables';

export interface Statement {
  /** Position in the document, from 0. */
  index: number;
  sid: string | null;
  effect: 'Allow' | 'Deny';
  /** Null in identity-based policies. */
  principal: PrincipalPattern | null;
  isNotPrincipal: boolean;
  /** As written, for explanations. */
  actions: string[];
  actionGlobs: Glob[];
  isNotAction: boolean;
  /** Null in trust policies, which are about their own role. */
  resources: Template[] | null;
  isNotResource: boolean;
  conditions: Condition[];
}

export interface Policy {
  version: string;
  id: string | null;
  statements: Statement[];
}

const EMPTY: Policy = { version: VARIABLES_SINCE, id: null, statements: [] };

/** Texts whose compiled form is kept. Beyond it the oldest goes. */
const TEXTS_MAX = 2048;
const byText = new Map<string, Policy>();
const byDocument = new WeakMap<object, Policy>();

/** Compiles a document that was accepted before. What cannot be understood matches nothing; it never throws. */
export function compilePolicy(document: string | JsonObject): Policy {
  if (typeof document !== 'string') {
    const known = byDocument.get(document);
    if (known) return known;
    const policy = compile(document);
    byDocument.set(document, policy);
    return policy;
  }
  const known = byText.get(document);
  if (known) return known;
  const policy = compile(parseJson(document));
  const oldest = byText.keys().next();
  if (byText.size >= TEXTS_MAX && !oldest.done) byText.delete(oldest.value);
  byText.set(document, policy);
  return policy;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value])
    .filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    .map(String);
}

function compile(document: unknown): Policy {
  if (!isObject(document)) return EMPTY;
  // A document without a Version is of the first language version, without variables.
  const version = typeof document.Version === 'string' ? document.Version : '2008-10-17';
  const list = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  const statements = list.flatMap((statement, index) => {
    const compiled = isObject(statement) ? compileStatement(statement, index, version >= VARIABLES_SINCE) : null;
    return compiled ? [compiled] : [];
  });
  return { version, id: typeof document.Id === 'string' ? document.Id : null, statements };
}

function compileStatement(statement: Record<string, unknown>, index: number, variables: boolean): Statement | null {
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return null;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(isObject(statement.Condition) ? statement.Condition : {})) {
    for (const [key, values] of Object.entries(isObject(keys) ? keys : {})) {
      const condition = compileCondition(operator, key, textsOf(values), variables);
      if (!condition) return null;
      conditions.push(condition);
    }
  }
  const isNotAction = statement.NotAction !== undefined;
  const actions = textsOf(isNotAction ? statement.NotAction : statement.Action);
  const isNotResource = statement.NotResource !== undefined;
  const named = isNotResource ? statement.NotResource : statement.Resource;
  const isNotPrincipal = statement.NotPrincipal !== undefined;
  const principal = isNotPrincipal ? statement.NotPrincipal : statement.Principal;
  return {
    index,
    sid: typeof statement.Sid === 'string' ? statement.Sid : null,
    effect,
    principal: principal === undefined ? null : parsePrincipal(principal),
    isNotPrincipal,
    actions,
    actionGlobs: actions.map((action) => compileGlob(toPattern(action.toLowerCase()))),
    isNotAction,
    resources: named === undefined ? null : textsOf(named).map((resource) => compileTemplate(resource, { variables, wildcards: true })),
    isNotResource,
    conditions,
  };
}
