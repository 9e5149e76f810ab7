// The organisation that accounts belong to, with its service and resource control policies.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
// Simplified: an organisation is stated as a whole; the Organizations API with its invitations and handshakes is not simulated.
import type { PolicyLevel } from './decision';
import { compilePolicy } from './policy/document';

export interface OrganizationPolicy {
  name: string;
  /** JSON text. */
  document: string;
}

/** The root, an organisational unit or an account. */
export interface OrganizationNode {
  /** `r-…`, `ou-…` or twelve digits. */
  id: string;
  /** Left out: FullAWSAccess, as on everything new. An empty list: even that was detached, so nothing is allowed. */
  scps?: OrganizationPolicy[];
  /** Besides RCPFullAWSAccess, which cannot be detached. */
  rcps?: OrganizationPolicy[];
  children?: OrganizationNode[];
}

export interface Organization {
  /** `o-…` */
  id: string;
  /** Its users and roles are bound by no SCP, its resources by no RCP. */
  managementAccount: string;
  root: OrganizationNode;
}

const ALLOW_ALL = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
const RCP_ALLOW_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});
export const FULL_ACCESS: OrganizationPolicy = { name: 'FullAWSAccess', document: ALLOW_ALL };
const RCP_FULL_ACCESS: OrganizationPolicy = { name: 'RCPFullAWSAccess', document: RCP_ALLOW_ALL };

/** Services whose resources RCPs protect. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html */
const RCP_SERVICES = new Set([
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'ecr',
  'aoss',
  'cognito-identity',
  'cognito-idp',
  'dynamodb',
  'logs',
]);

/** From the root to the account. Null when the account is not a member. */
export function pathTo(organization: Organization | null, account: string): OrganizationNode[] | null {
  const search = (node: OrganizationNode, above: OrganizationNode[]): OrganizationNode[] | null => {
    const path = [...above, node];
    if (node.id === account) return path;
    for (const child of node.children ?? []) {
      const found = search(child, path);
      if (found) return found;
    }
    return null;
  };
  return organization ? search(organization.root, []) : null;
}

export function isMember(organization: Organization | null, account: string): boolean {
  return organization !== null && (organization.managementAccount === account || pathTo(organization, account) !== null);
}

/** `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` has it. Null outside the organisation. */
export function orgPath(organization: Organization | null, account: string): string | null {
  if (!organization) return null;
  const path = pathTo(organization, account);
  if (path) return `${[organization.id, ...path.slice(0, -1).map(({ id }) => id)].join('/')}/`;
  return organization.managementAccount === account ? `${organization.id}/${organization.root.id}/` : null;
}

/** The SCPs that bind an account's principals, level by level. Null when none do. LAM-SEC-X11 */
export function scpLevels(organization: Organization | null, account: string): PolicyLevel[] | null {
  if (!organization || organization.managementAccount === account) return null;
  return pathTo(organization, account)?.map((node) => levelOf(node, node.scps ?? [FULL_ACCESS])) ?? null;
}

/** The RCPs that protect a resource of an account. Null when none do. LAM-SEC-X11 */
export function rcpLevels(organization: Organization | null, account: string, service: string): PolicyLevel[] | null {
  if (!organization || organization.managementAccount === account || !RCP_SERVICES.has(service)) return null;
  return pathTo(organization, account)?.map((node) => levelOf(node, [RCP_FULL_ACCESS, ...(node.rcps ?? [])])) ?? null;
}

function levelOf(node: OrganizationNode, policies: OrganizationPolicy[]): PolicyLevel {
  return {
    target: node.id,
    policies: policies.map(({ name, document }) => ({ id: name, holder: node.id, policy: compilePolicy(document) })),
  };
}
