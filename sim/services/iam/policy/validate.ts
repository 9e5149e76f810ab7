// What IAM refuses to store as a policy, with the text of its MalformedPolicyDocument error.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
// Simplified: vendors and condition keys are checked for their form, not against the list of AWS's services.
import { parseOperatorName } from './condition';
import { textsOf } from './document';

export type PolicyKind = 'identity' | 'trust' | 'any';

type Element = Record<string, unknown>;
export const SYNTAX = 'Syntax errors in policy.';
const TOP = new Set(['Version', 'Id', 'Statement']);
const STATEMENT = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);
const VERSIONS = new Set(['2012-10-17', '2008-10-17']);
const PARTITIONS = new Set(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', '*']);
const PRINCIPAL_KINDS = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);
const IAM_PATHS =
  /^(\*|(user|federated-user|role|group|instance-profile|mfa|server-certificate|policy|sms-mfa|saml-provider|oidc-provider|report|access-report|assumed-role|u2f|delegation-request)\/)/;

/** Null when the document is well formed; otherwise AWS's message. */
export function validatePolicy(text: string, kind: PolicyKind): string | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return kind === 'trust' ? 'This policy contains invalid Json' : SYNTAX;
  }
  if (!isObject(document) || !Object.keys(document).every((key) => TOP.has(key))) return SYNTAX;
  const { Version: version, Id: id, Statement: statement } = document;
  if (version !== undefined && (typeof version !== 'string' || !VERSIONS.has(version))) return SYNTAX;
  if (id !== undefined && typeof id !== 'string') return SYNTAX;
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0 || !statements.every(isObject)) return SYNTAX;
  if (!statements.every(hasKnownShape)) return SYNTAX;
  if (kind === 'identity' && version !== '2012-10-17') return 'Policy document must be version 2012-10-17 or greater.';
  return checkSids(statements) ?? firstProblem(statements, (one) => checkStatement(one, kind));
}

function firstProblem<T>(list: readonly T[], check: (item: T) => string | null): string | null {
  for (const item of list) {
    const problem = check(item);
    if (problem) return problem;
  }
  return null;
}

function isObject(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextOrTexts(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

function hasKnownShape(statement: Element): boolean {
  if (!Object.keys(statement).every((key) => STATEMENT.has(key))) return false;
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return false;
  if (statement.Sid !== undefined && typeof statement.Sid !== 'string') return false;
  for (const [one, other] of [
    ['Action', 'NotAction'],
    ['Resource', 'NotResource'],
    ['Principal', 'NotPrincipal'],
  ] as const) {
    if (statement[one] !== undefined && statement[other] !== undefined) return false;
  }
  for (const key of ['Action', 'NotAction', 'Resource', 'NotResource'] as const) {
    if (statement[key] !== undefined && !isTextOrTexts(statement[key])) return false;
  }
  return statement.Condition === undefined || isCondition(statement.Condition);
}

function isCondition(condition: unknown): boolean {
  if (!isObject(condition)) return false;
  return Object.entries(condition).every(([operator, keys]) => {
    if (!parseOperatorName(operator) || !isObject(keys)) return false;
    return Object.values(keys).every((values) => textsOf(values).length === [values].flat().length);
  });
}

function checkSids(statements: Element[]): string | null {
  const sids = statements.map(({ Sid }) => Sid).filter((sid): sid is string => typeof sid === 'string' && sid !== '');
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
  }
  return new Set(sids).size < sids.length ? 'Statement IDs (SID) in a single policy must be unique.' : null;
}

function checkStatement(statement: Element, kind: PolicyKind): string | null {
  const actions = textsOf(statement.Action ?? statement.NotAction);
  const resources = textsOf(statement.Resource ?? statement.NotResource);
  const principal = statement.Principal ?? statement.NotPrincipal;
  if (kind === 'trust') {
    if (statement.Resource !== undefined) return 'Has prohibited field Resource';
    if (statement.NotResource !== undefined) return 'Has prohibited field NotResource';
    if (statement.NotPrincipal !== undefined) return 'Has prohibited field NotPrincipal';
    if (principal === undefined) return 'Missing required field Principal';
    if (actions.length === 0) return 'Missing required field Action';
  } else {
    if (kind === 'identity' && principal !== undefined) return 'Policy document should not specify a principal.';
    if (actions.length === 0) return 'Policy statement must contain actions.';
    if (resources.length === 0 && kind === 'identity') return 'Policy statement must contain resources.';
  }
  return (
    firstProblem(actions, (action) => checkAction(action, kind)) ??
    firstProblem(resources, checkResource) ??
    (principal === undefined ? null : checkPrincipal(principal))
  );
}

function checkAction(action: string, kind: PolicyKind): string | null {
  if (kind === 'trust' && !/^(sts:.*|\*)$/i.test(action)) return 'AssumeRole policy may only specify STS AssumeRole actions.';
  if (action === '*') return null;
  const parts = action.split(':');
  if (parts.length < 2) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (parts.length > 2) return 'Actions/Condition can contain only one colon.';
  return /^[a-zA-Z0-9\-.]+$/.test(parts[0] as string) ? null : `Vendor ${parts[0]} is not valid`;
}

function checkResource(resource: string): string | null {
  if (resource === '*') return null;
  const parts = resource.split(':');
  if (parts[0] !== 'arn') return `Resource ${resource} must be in ARN format or "*".`;
  const [, partition = '', vendor = '', region = ''] = parts;
  if (parts.length > 1 && !PARTITIONS.has(partition)) return `Partition "${partition}" is not valid for resource "${resource}".`;
  if (parts.length < 6 && !resource.endsWith('*')) return 'The policy failed legacy parsing';
  if (parts.length > 3 && vendor !== '*' && /[*?]/.test(vendor))
    return 'Resource vendor must be fully qualified and cannot contain regexes.';
  if (vendor === 'iam' && region !== '') return `IAM resource ${resource} cannot contain region information.`;
  if (vendor === 's3' && region !== '' && parts.length > 5 && !/^(accesspoint|job|storage-lens)/.test(parts[5] as string)) {
    return `Resource ${resource} can not contain region information.`;
  }
  const path = parts.slice(5).join(':');
  if (vendor === 'iam' && parts.length > 5 && path !== 'root' && !/[*?$]/.test(path.split('/')[0] as string) && !IAM_PATHS.test(path)) {
    return 'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.';
  }
  return null;
}

function checkPrincipal(principal: unknown): string | null {
  if (principal === '*') return null;
  if (!isObject(principal) || Object.keys(principal).length === 0) return 'Invalid principal in policy.';
  for (const [kind, values] of Object.entries(principal)) {
    if (!PRINCIPAL_KINDS.has(kind) || !isTextOrTexts(values)) return SYNTAX;
    const bad = textsOf(values).find((value) => !isPrincipal(kind, value));
    if (bad !== undefined) return `Invalid principal in policy: "${kind === 'Service' ? 'SERVICE' : kind.toUpperCase()}":"${bad}"`;
  }
  return null;
}

const AWS_PRINCIPAL =
  /^(\*|\d{12}|A[A-Z0-9]{15,127}|arn:aws[a-z-]*:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)|arn:aws[a-z-]*:sts::\d{12}:(assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+|self))$/;

function isPrincipal(kind: string, value: string): boolean {
  if (kind === 'AWS') return AWS_PRINCIPAL.test(value);
  if (kind === 'Service') return /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.test(value) || value === '*';
  return value !== '';
}
