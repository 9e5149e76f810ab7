// Who else may use a version of a layer: its resource policy, a statement at a time.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { checkRevision, conflict, notFound } from './function';
import type { LayerPolicy } from './layer';
import type { LambdaState } from './state';

/** The layer and the number behind the ARN of a version; null when it is not there, or deleted. */
function locateVersion(state: Readonly<LambdaState>, arn: string) {
  const cut = arn.lastIndexOf(':');
  const [layer, number] = [state.layers[arn.slice(0, cut)], arn.slice(cut + 1)];
  return layer?.versions[number] && !layer.deleted.includes(number) ? { layer, number } : null;
}

export function layerPolicyDocument(state: Readonly<LambdaState>, arn: string): JsonObject | null {
  const policy = policyAt(state, arn);
  return policy && policy.statements.length > 0 ? { Version: '2012-10-17', Id: 'default', Statement: policy.statements } : null;
}

function policyAt(state: Readonly<LambdaState>, arn: string): LayerPolicy | null {
  const located = locateVersion(state, arn);
  return located ? (located.layer.policies[located.number] ?? null) : null;
}

/** Another account, or everybody. Simplified: of an organisation everybody; AWS looks at who is in it. */
export function isSharedWith(state: Readonly<LambdaState>, arn: string, account: string): boolean {
  const statements = policyAt(state, arn)?.statements ?? [];
  return statements.some(({ Principal: principal }) => {
    const named = typeof principal === 'object' && principal !== null ? (principal as JsonObject).AWS : principal;
    return named === '*' || named === `arn:aws:iam::${account}:root`;
  });
}

export function addLayerVersionPermission(state: Readonly<LambdaState>, { input, resource }: ApiCall, port: Port): Reply {
  const located = locateVersion(state, resource);
  if (!located) return notFound(`Layer version ${resource} does not exist.`);
  const policy = policyAt(state, resource);
  const stale = checkRevision(input.RevisionId, policy?.revisionId ?? null);
  if (stale) return stale;
  const { StatementId: Sid, Action, Principal: given, OrganizationId } = input;
  if (policy?.statements.some((statement) => statement.Sid === Sid)) {
    return conflict(
      `The statement id (${Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const Principal = /^\d{12}$/.test(String(given)) ? { AWS: `arn:aws:iam::${given}:root` } : given === '*' ? '*' : { AWS: given ?? null };
  const Condition: JsonObject =
    typeof OrganizationId === 'string' ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } } } : {};
  const statement: JsonObject = { Sid: Sid ?? null, Effect: 'Allow', Principal, Action: Action ?? null, Resource: resource, ...Condition };
  const statements = [...(policy?.statements ?? []), statement];
  const revisionId = put(located.layer.arn, located.number, statements, port);
  return { ok: { Statement: JSON.stringify(statement), RevisionId: revisionId } };
}

function put(layerArn: string, version: string, statements: JsonObject[], port: Port): string {
  const revisionId = port.uuid();
  emitLambda(port, 'lambda:LayerPolicySet', layerArn, { version, statements, revisionId });
  return revisionId;
}

export function removeLayerVersionPermission(state: Readonly<LambdaState>, { input, resource }: ApiCall, port: Port): Reply {
  const located = locateVersion(state, resource);
  const policy = policyAt(state, resource);
  if (!located || !policy) return notFound('No policy is associated with the given resource.');
  if (!policy.statements.some(({ Sid }) => Sid === input.StatementId)) {
    return notFound(`Statement ${input.StatementId} is not found in resource policy.`);
  }
  const stale = checkRevision(input.RevisionId, policy.revisionId);
  if (stale) return stale;
  put(
    located.layer.arn,
    located.number,
    policy.statements.filter(({ Sid }) => Sid !== input.StatementId),
    port,
  );
  return { ok: {} };
}

export function getLayerVersionPolicy(state: Readonly<LambdaState>, { resource }: ApiCall): Reply {
  const document = layerPolicyDocument(state, resource);
  if (!document) return notFound('No policy is associated with the given resource.');
  return { ok: { Policy: JSON.stringify(document), RevisionId: policyAt(state, resource)?.revisionId ?? null } };
}
