// How IAM's API shows its entities: SDK member names, ISO timestamps, policy documents URL-encoded as RFC 3986 says.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
import type { Json, JsonObject } from '../../kernel/json';
import type { AccessKey, Identity, ManagedPolicy, PolicyVersion } from './state';

/** Seconds only, as IAM's query API prints them. */
export function isoSeconds(epochMs: number): string {
  return new Date(Math.floor(epochMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `isListed`: lists leave out tags and boundaries. */
export function identityView(identity: Identity, isListed = false): JsonObject {
  const { kind, name, path, id, arn, createdAtEpochMs, boundary, tags } = identity;
  const Noun = kind === 'role' ? 'Role' : kind === 'user' ? 'User' : 'Group';
  const view: JsonObject = {
    Path: path,
    [`${Noun}Name`]: name,
    [`${Noun}Id`]: id,
    Arn: arn,
    CreateDate: isoSeconds(createdAtEpochMs),
  };
  if (kind === 'role') {
    view.AssumeRolePolicyDocument = encodeDocument(identity.trustPolicy);
    view.MaxSessionDuration = identity.maxSessionSeconds;
    if (identity.description !== null) view.Description = identity.description;
    if (!isListed) view.RoleLastUsed = {};
  }
  if (!isListed) {
    if (boundary) view.PermissionsBoundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary };
    if (tags.length > 0) view.Tags = tags as unknown as Json;
  }
  return view;
}

export function policyView(policy: ManagedPolicy, attachments: number, boundaries: number): JsonObject {
  const { name, id, arn, path, defaultVersionId, createdAtEpochMs, updatedAtEpochMs, description, tags } = policy;
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    Path: path,
    DefaultVersionId: defaultVersionId,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    ...(description === null ? {} : { Description: description }),
    CreateDate: isoSeconds(createdAtEpochMs),
    UpdateDate: isoSeconds(updatedAtEpochMs),
    ...(tags.length > 0 ? { Tags: tags as unknown as Json } : {}),
  };
}

export function versionView(version: PolicyVersion, defaultVersionId: string, withDocument: boolean): JsonObject {
  return {
    ...(withDocument ? { Document: encodeDocument(version.document) } : {}),
    VersionId: version.id,
    IsDefaultVersion: version.id === defaultVersionId,
    CreateDate: isoSeconds(version.createdAtEpochMs),
  };
}

export function accessKeyView({ userName, id, status, createdAtEpochMs }: AccessKey): JsonObject {
  return { UserName: userName, AccessKeyId: id, Status: status, CreateDate: isoSeconds(createdAtEpochMs) };
}

/** Simplified: a Marker is the position to go on from; AWS's is opaque text of its own. */
export function pageOf(input: JsonObject, member: string, items: JsonObject[] | string[]): JsonObject {
  const from = /^\d+$/.test(String(input.Marker ?? '')) ? Number(input.Marker) : 0;
  const size = typeof input.MaxItems === 'number' && input.MaxItems >= 1 ? Math.min(1000, Math.floor(input.MaxItems)) : 100;
  const isTruncated = from + size < items.length;
  return { [member]: items.slice(from, from + size), IsTruncated: isTruncated, ...(isTruncated ? { Marker: String(from + size) } : {}) };
}
