// How a function is named: by name, partial ARN or ARN, with or without a version or alias behind it. LAM-ENV-X08, LAM-VER-X01.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html#versioning-versions-using
import { type Arn, formatArn } from '../../kernel/arn';
import type { ApiCall, Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { DEFAULT_EVENT_INVOKE, functionNotFound, invalid, notFound } from './function';
import type { Alias, FunctionState, FunctionVersion, LambdaState, QualifierSettings } from './state';

export const LATEST = '$LATEST';

const REFERENCE =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

interface Place {
  account: string;
  region: string;
}

/** `charge`, `charge:PROD`, `111122223333:function:charge`, an ARN. What is none of these is taken for a name that nobody has. */
export function parseReference(text: string, { account, region }: Place): { functionArn: Arn; name: string; qualifier: string | null } {
  const [, itsRegion = region, itsAccount = account, name = text, qualifier = null] = REFERENCE.exec(text) ?? [];
  return {
    functionArn: formatArn({ service: 'lambda', region: itsRegion, account: itsAccount, resource: `function:${name}` }),
    name,
    qualifier,
  };
}

export function qualifiedArn(functionArn: Arn, qualifier: string | null): Arn {
  return qualifier === null ? functionArn : `${functionArn}:${qualifier}`;
}

/** The function's ARN and what stands behind it. */
export function splitArn(arn: Arn): { functionArn: Arn; qualifier: string | null } {
  let at = -1;
  for (let colon = 0; colon < 7; colon++) {
    at = arn.indexOf(':', at + 1);
    if (at < 0) return { functionArn: arn, qualifier: null };
  }
  return { functionArn: arn.slice(0, at), qualifier: arn.slice(at + 1) };
}

/** The version or alias that a call names: in the ARN that it is about, or in `Qualifier`. */
export function targetOf(call: ApiCall): { functionArn: Arn; qualifier: string | null } {
  const { functionArn, qualifier } = splitArn(call.resource);
  const given = call.input.Qualifier;
  return { functionArn, qualifier: qualifier ?? (typeof given === 'string' && given !== '' ? given : null) };
}

/** Null when `FunctionName` and `Qualifier` agree. */
export function refuseTwoQualifiers({ FunctionName, Qualifier }: JsonObject): { fault: Fault } | null {
  if (typeof Qualifier !== 'string' || typeof FunctionName !== 'string') return null;
  const { qualifier } = parseReference(FunctionName, { account: '', region: '' });
  return qualifier === null || qualifier === Qualifier
    ? null
    : invalid('The derived qualifier from the function name does not match the specified qualifier.');
}

export interface Located {
  fn: FunctionState;
  /** As the caller named it; null for the function itself. */
  qualifier: string | null;
}

/** The function that a call is about, whether or not its qualifier exists. */
export function locate(state: Readonly<LambdaState>, call: ApiCall): Located | { fault: Fault } {
  const disagreement = refuseTwoQualifiers(call.input);
  if (disagreement) return disagreement;
  const { functionArn, qualifier } = targetOf(call);
  const fn = state.functions[functionArn];
  return fn ? { fn, qualifier } : functionNotFound(qualifiedArn(functionArn, qualifier));
}

/** As `locate`, for operations on the whole function. */
export function locateUnqualified(state: Readonly<LambdaState>, call: ApiCall): { fn: FunctionState } | { fault: Fault } {
  const located = locate(state, call);
  if ('fault' in located || located.qualifier === null) return located;
  return invalid(
    'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
  );
}

export function isVersionNumber(qualifier: string): boolean {
  return /^\d+$/.test(qualifier);
}

export function isAliasName(qualifier: string): boolean {
  return !isVersionNumber(qualifier) && /^[a-zA-Z0-9-_]+$/.test(qualifier);
}

/** An alias may be called `constructor`: only what was put there counts. */
function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The configuration of a version. Undefined when there is none. */
export function versionOf(fn: FunctionState, version: string): FunctionVersion | undefined {
  return version === LATEST ? fn : own(fn.versions, version);
}

/** What a qualifier points at; an alias with weights at its first version. */
export function codeAt(fn: FunctionState, qualifier: string | null): FunctionVersion | undefined {
  const version = qualifier === null ? LATEST : (aliasOf(fn, qualifier)?.version ?? qualifier);
  return versionOf(fn, version);
}

/** The version that runs this time: an alias with weights chooses by chance. LAM-VER-X03, LAM-VER-X04. */
export function chooseVersion(fn: FunctionState, qualifier: string | null, random: () => number): FunctionVersion | undefined {
  if (qualifier === null) return fn;
  const additional = aliasOf(fn, qualifier)?.additional;
  return additional && random() < additional.weight ? versionOf(fn, additional.version) : codeAt(fn, qualifier);
}

/** Null when the version or alias exists. */
export function refuseUnknown({ fn, qualifier }: Located): { fault: Fault } | null {
  if (qualifier === null || codeAt(fn, qualifier)) return null;
  const arn = qualifiedArn(fn.arn, qualifier);
  return isAliasName(qualifier) ? notFound(`Cannot find alias arn: ${arn}`) : functionNotFound(arn);
}

export function aliasOf(fn: FunctionState, qualifier: string | null): Alias | undefined {
  return qualifier === null ? undefined : own(fn.aliases, qualifier);
}

export function newSettings(): QualifierSettings {
  return { eventInvoke: DEFAULT_EVENT_INVOKE, eventInvokeModifiedAt: null, policy: null, url: null, provisioned: null };
}

const NO_SETTINGS: Readonly<QualifierSettings> = newSettings();

/** $LATEST has the settings of the function itself. */
export function settingsAt(fn: FunctionState, qualifier: string | null): Readonly<QualifierSettings> {
  return qualifier === null || qualifier === LATEST ? fn : (own(fn.qualified, qualifier) ?? NO_SETTINGS);
}

/** Of the function itself, or of the alias that carries it. */
export function revisionAt(fn: FunctionState, qualifier: string | null): string | null {
  return aliasOf(fn, qualifier)?.revisionId ?? codeAt(fn, qualifier)?.revisionId ?? null;
}

/** The versions behind a qualifier: of an alias with weights two. */
export function qualifierVersions(fn: FunctionState, qualifier: string): string[] {
  const alias = aliasOf(fn, qualifier);
  if (!alias) return [qualifier];
  return alias.additional ? [alias.version, alias.additional.version] : [alias.version];
}

/** What of a version's concurrency is asked for in advance: on itself, or through an alias by its weights. LAM-CLD-X09. */
export function provisionedFor(fn: FunctionState, version: string): number {
  let sum = settingsAt(fn, version).provisioned?.requested ?? 0;
  for (const name in fn.aliases) {
    const alias = fn.aliases[name] as Alias;
    const requested = settingsAt(fn, name).provisioned?.requested;
    if (requested === undefined) continue;
    const second = alias.additional ? Math.round(requested * alias.additional.weight) : 0;
    if (alias.version === version) sum += requested - second;
    else if (alias.additional?.version === version) sum += second;
  }
  return sum;
}
