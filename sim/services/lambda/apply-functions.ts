// The fold of what people configure: functions, versions, aliases and the settings of each.
import { parseArn } from '../../kernel/arn';
import type { Fact } from '../../kernel/fact';
import { placeKey, SCALING_RATE } from './concurrency';
import { type LambdaFacts, type LambdaFactType, lambdaData } from './facts';
import { configurationKey, configurationOf, DEFAULT_EVENT_INVOKE } from './function';
import { aliasOf, LATEST, newSettings, versionOf } from './qualifier';
import type { FunctionState, LambdaState, QualifierSettings } from './state';

export type Fold = (state: LambdaState, fact: Fact) => void;

/** A fold over the function that the fact is about. */
function onFunction<T extends LambdaFactType>(
  type: T,
  fold: (fn: FunctionState, data: LambdaFacts[T], fact: Fact, state: LambdaState) => void,
) {
  return {
    [type]: (state: LambdaState, fact: Fact) => {
      const fn = state.functions[fact.resource];
      if (fn) fold(fn, lambdaData(fact, type), fact, state);
    },
  };
}

/** Settings to be written; an alias or version gets its own at the first. */
function settingsFor(fn: FunctionState, qualifier: string | null): QualifierSettings {
  if (qualifier === null || qualifier === LATEST) return fn;
  const known = Object.hasOwn(fn.qualified, qualifier) ? (fn.qualified[qualifier] as QualifierSettings) : newSettings();
  fn.qualified[qualifier] = known;
  return known;
}

/** A policy that changes gives the alias or version another revision. */
function setRevision(fn: FunctionState, qualifier: string | null, revisionId: string): void {
  const alias = aliasOf(fn, qualifier);
  const version = qualifier === null ? undefined : versionOf(fn, qualifier);
  if (alias) alias.revisionId = revisionId;
  else if (version) version.revisionId = revisionId;
  else fn.revisionId = revisionId;
}

export const FUNCTION_FOLDS: Partial<Record<LambdaFactType, Fold>> = {
  'lambda:LayerVersionPublished': (state, fact) => {
    const { name, ...version } = lambdaData(fact, 'lambda:LayerVersionPublished');
    const layer = state.layers[fact.resource] ?? { arn: fact.resource, name, versions: {}, deleted: [], policies: {} };
    layer.versions[version.version] = version;
    state.layers[fact.resource] = layer;
  },
  'lambda:LayerVersionDeleted': (state, fact) => {
    state.layers[fact.resource]?.deleted.push(lambdaData(fact, 'lambda:LayerVersionDeleted').version);
  },
  'lambda:LayerPolicySet': (state, fact) => {
    const { version, ...policy } = lambdaData(fact, 'lambda:LayerPolicySet');
    const layer = state.layers[fact.resource];
    if (layer) layer.policies[version] = policy;
  },
  'lambda:FunctionCreated': (state, fact) => {
    const { tags, revisionId, modifiedEpochMs, activeAt, ...configuration } = lambdaData(fact, 'lambda:FunctionCreated');
    const arn = parseArn(fact.resource);
    state.functions[fact.resource] = {
      ...configuration,
      ...newSettings(),
      arn: fact.resource,
      functionId: fact.seq,
      version: LATEST,
      generation: fact.seq,
      revisionId,
      lastModifiedEpochMs: modifiedEpochMs,
      activeAt,
      updatedAt: null,
      versions: {},
      nextVersion: 1,
      lastPublished: null,
      aliases: {},
      qualified: {},
      tags,
      place: placeKey(arn?.region ?? '', arn?.account ?? ''),
      reservedConcurrency: null,
      recursiveLoop: 'Terminate',
      concurrency: 0,
      provisionedInUse: 0,
      lastInvokedAt: fact.at,
      scaling: { tokens: SCALING_RATE.capacity, at: fact.at },
      requests: { tokens: 0, at: fact.at },
    };
  },
  // The old object stays as it was, for the environments that still run it.
  ...onFunction('lambda:FunctionUpdated', (fn, data, fact, state) => {
    const { revisionId, modifiedEpochMs, updatedAt } = data;
    const changes = { generation: fact.seq, revisionId, lastModifiedEpochMs: modifiedEpochMs, updatedAt };
    state.functions[fact.resource] = { ...fn, ...configurationOf(data), ...changes };
  }),
  ...onFunction('lambda:FunctionReactivated', (fn, { version, activeAt }) => {
    const code = fn.versions[version] ?? fn;
    code.activeAt = activeAt;
  }),
  ...onFunction('lambda:FunctionDeleted', (fn, _data, _fact, state) => {
    for (const { url } of [fn, ...Object.values(fn.qualified)]) if (url) delete state.urls[url.urlId];
    delete state.functions[fn.arn];
  }),
  ...onFunction('lambda:VersionPublished', (fn, { version, description, revisionId }) => {
    const { arn, functionId, generation, lastModifiedEpochMs, activeAt } = fn;
    const own = { arn, functionId, generation, lastModifiedEpochMs, activeAt, updatedAt: null };
    fn.versions[version] = { ...configurationOf(fn), ...own, version, description, revisionId };
    fn.nextVersion = Number(version) + 1;
    fn.lastPublished = configurationKey(fn);
  }),
  ...onFunction('lambda:VersionDeleted', (fn, { version }) => {
    delete fn.versions[version];
    delete fn.qualified[version];
  }),
  ...onFunction('lambda:AliasCreated', (fn, alias) => {
    fn.aliases[alias.name] = { ...alias };
  }),
  ...onFunction('lambda:AliasUpdated', (fn, alias) => {
    fn.aliases[alias.name] = { ...alias };
    // Other versions are to be provisioned now.
    const settings = settingsFor(fn, alias.name);
    if (settings.provisioned) settings.provisioned = { ...settings.provisioned, status: 'IN_PROGRESS', statusReason: null };
  }),
  ...onFunction('lambda:AliasDeleted', (fn, { name }, _fact, state) => {
    const { url } = settingsFor(fn, name);
    if (url) delete state.urls[url.urlId];
    delete fn.aliases[name];
    delete fn.qualified[name];
  }),
  ...onFunction('lambda:TagsSet', (fn, { tags }) => {
    fn.tags = tags;
  }),
  ...onFunction('lambda:EventInvokeConfigPut', (fn, { qualifier, ...config }, fact) => {
    const settings = settingsFor(fn, qualifier);
    settings.eventInvoke = config;
    settings.eventInvokeModifiedAt = fact.at;
  }),
  ...onFunction('lambda:EventInvokeConfigDeleted', (fn, { qualifier }) => {
    const settings = settingsFor(fn, qualifier);
    settings.eventInvoke = DEFAULT_EVENT_INVOKE;
    settings.eventInvokeModifiedAt = null;
  }),
  ...onFunction('lambda:PermissionAdded', (fn, { qualifier, statement, revisionId }) => {
    const settings = settingsFor(fn, qualifier);
    settings.policy = { id: settings.policy?.id ?? 'default', statements: [...(settings.policy?.statements ?? []), statement] };
    setRevision(fn, qualifier, revisionId);
  }),
  ...onFunction('lambda:PermissionRemoved', (fn, { qualifier, statementId, revisionId }) => {
    const settings = settingsFor(fn, qualifier);
    const statements = (settings.policy?.statements ?? []).filter(({ Sid }) => Sid !== statementId);
    settings.policy = statements.length > 0 ? { id: settings.policy?.id ?? 'default', statements } : null;
    setRevision(fn, qualifier, revisionId);
  }),
  ...onFunction('lambda:ResourcePolicyPut', (fn, { qualifier, id, statements, revisionId }) => {
    settingsFor(fn, qualifier).policy = statements.length > 0 ? { id, statements } : null;
    setRevision(fn, qualifier, revisionId);
  }),
  ...onFunction('lambda:FunctionUrlCreated', (fn, { qualifier, ...url }, _fact, state) => {
    settingsFor(fn, qualifier).url = url;
    state.urls[url.urlId] = { functionArn: fn.arn, qualifier };
  }),
  ...onFunction('lambda:FunctionUrlUpdated', (fn, { qualifier, ...url }) => {
    settingsFor(fn, qualifier).url = url;
  }),
  ...onFunction('lambda:FunctionUrlDeleted', (fn, { qualifier, urlId }, _fact, state) => {
    settingsFor(fn, qualifier).url = null;
    delete state.urls[urlId];
  }),
  ...onFunction('lambda:ProvisionedConcurrencyPut', (fn, { qualifier, requested, modifiedEpochMs }) => {
    settingsFor(fn, qualifier).provisioned = { requested, status: 'IN_PROGRESS', statusReason: null, modifiedEpochMs };
  }),
  ...onFunction('lambda:ProvisionedConcurrencySettled', (fn, { qualifier, status, statusReason }) => {
    const settings = settingsFor(fn, qualifier);
    if (settings.provisioned) settings.provisioned = { ...settings.provisioned, status, statusReason };
  }),
  ...onFunction('lambda:ProvisionedConcurrencyDeleted', (fn, { qualifier }) => {
    settingsFor(fn, qualifier).provisioned = null;
  }),
  ...onFunction('lambda:FunctionConcurrencyPut', (fn, { reservedConcurrency }, fact) => {
    fn.reservedConcurrency = reservedConcurrency;
    // As many as the bucket holds: `tokensAt` cuts it to its capacity.
    fn.requests = { tokens: Number.MAX_SAFE_INTEGER, at: fact.at };
  }),
  ...onFunction('lambda:FunctionConcurrencyDeleted', (fn) => {
    fn.reservedConcurrency = null;
  }),
};
