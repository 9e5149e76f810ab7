// Policies on an identity: inline, attached, and the permissions boundary.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
import type { JsonObject } from '../../kernel/json';
import { ARN, DOCUMENT, LONG_NAME } from './arguments';
import { limitExceeded, malformed, noSuchEntity, noSuchPolicy } from './faults';
import { emitOn } from './identities';
import { DONE, nameMember, type Operations, withIdentity } from './operation';
import { validatePolicy } from './policy/validate';
import { type IdentityKind, managedDocument } from './state';
import { encodeDocument, pageOf } from './views';

/** IAM quotas: characters of all inline policies together, without white space. */
const INLINE_MAX: Record<IdentityKind, number> = { user: 2048, role: 10_240, group: 5120 };
/** IAM's default quota of managed policies on one identity. */
const ATTACHED_MAX = 10;

function sizeOf(document: string): number {
  return document.replace(/\s/g, '').length;
}

function operationsOf(kind: IdentityKind): Operations {
  const Noun = nameMember(kind).slice(0, -'Name'.length);
  const inlineName = `The ${kind} policy with name`;
  return {
    [`Put${Noun}Policy`]: withIdentity(kind, (identity, args, _state, _call, port) => {
      const policyName = args.text('PolicyName', LONG_NAME);
      const document = args.text('PolicyDocument', DOCUMENT);
      const fault = args.fault();
      if (fault) return fault;
      const problem = validatePolicy(document, 'identity');
      if (problem) return malformed(problem);
      const others = identity.inline.filter(({ name }) => name !== policyName);
      const size = others.reduce((sum, inline) => sum + sizeOf(inline.document), sizeOf(document));
      if (size > INLINE_MAX[kind])
        return limitExceeded(`Maximum policy size of ${INLINE_MAX[kind]} bytes exceeded for ${kind} ${identity.name}`);
      emitOn(port, 'iam:InlinePolicyPut', identity, { policyName, document });
      return DONE;
    }),
    [`Get${Noun}Policy`]: withIdentity(kind, (identity, args) => {
      const policyName = args.text('PolicyName', LONG_NAME);
      const fault = args.fault();
      if (fault) return fault;
      const inline = identity.inline.find(({ name }) => name === policyName);
      if (!inline) return noSuchEntity(`${inlineName} ${policyName} cannot be found.`);
      return { ok: { [nameMember(kind)]: identity.name, PolicyName: policyName, PolicyDocument: encodeDocument(inline.document) } };
    }),
    [`Delete${Noun}Policy`]: withIdentity(kind, (identity, args, _state, _call, port) => {
      const policyName = args.text('PolicyName', LONG_NAME);
      const fault = args.fault();
      if (fault) return fault;
      if (!identity.inline.some(({ name }) => name === policyName)) return noSuchEntity(`${inlineName} ${policyName} cannot be found.`);
      emitOn(port, 'iam:InlinePolicyDeleted', identity, { policyName });
      return DONE;
    }),
    [`List${Noun}Policies`]: withIdentity(kind, (identity, _args, _state, call) => ({
      ok: pageOf(call.input, 'PolicyNames', identity.inline.map(({ name }) => name).sort()),
    })),
    [`Attach${Noun}Policy`]: withIdentity(kind, (identity, args, state, _call, port) => {
      const policyArn = args.text('PolicyArn', ARN);
      const fault = args.fault();
      if (fault) return fault;
      if (managedDocument(state, policyArn) === null) return noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`);
      if (identity.attached.includes(policyArn)) return DONE;
      if (identity.attached.length >= ATTACHED_MAX) return limitExceeded(`Cannot exceed quota for PoliciesPer${Noun}: ${ATTACHED_MAX}`);
      emitOn(port, 'iam:PolicyAttached', identity, { policyArn });
      return DONE;
    }),
    [`Detach${Noun}Policy`]: withIdentity(kind, (identity, args, _state, _call, port) => {
      const policyArn = args.text('PolicyArn', ARN);
      const fault = args.fault();
      if (fault) return fault;
      if (!identity.attached.includes(policyArn)) return noSuchPolicy(policyArn);
      emitOn(port, 'iam:PolicyDetached', identity, { policyArn });
      return DONE;
    }),
    [`ListAttached${Noun}Policies`]: withIdentity(kind, (identity, _args, _state, call) => {
      const policies = identity.attached.map((arn): JsonObject => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }));
      return { ok: pageOf(call.input, 'AttachedPolicies', policies) };
    }),
    ...(kind === 'group' ? {} : boundaryOperations(kind, Noun)),
  };
}

function boundaryOperations(kind: IdentityKind, Noun: string): Operations {
  return {
    [`Put${Noun}PermissionsBoundary`]: withIdentity(kind, (identity, args, state, _call, port) => {
      const policyArn = args.text('PermissionsBoundary', ARN);
      const fault = args.fault();
      if (fault) return fault;
      if (managedDocument(state, policyArn) === null) return noSuchEntity(`Scope ARN: ${policyArn} does not exist or is not attachable.`);
      emitOn(port, 'iam:BoundarySet', identity, { policyArn });
      return DONE;
    }),
    [`Delete${Noun}PermissionsBoundary`]: withIdentity(kind, (identity, _args, _state, _call, port) => {
      if (identity.boundary === null) return noSuchEntity(`${Noun} ${identity.name} does not have a permissions boundary.`);
      emitOn(port, 'iam:BoundarySet', identity, { policyArn: null });
      return DONE;
    }),
  };
}

export const ATTACHED_POLICY_OPERATIONS: Operations = { ...operationsOf('role'), ...operationsOf('user'), ...operationsOf('group') };
