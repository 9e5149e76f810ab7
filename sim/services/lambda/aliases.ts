// Aliases: names for a version, or for two with weights. LAM-VER-05, LAM-VER-X03, LAM-VER-X10.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { checkRevision, conflict, functionNotFound, invalid, notFound, type Parsed, violation } from './function';
import { pageOf } from './paging';
import { endProvisioning, planProvisioning } from './provisioning';
import { aliasOf, isAliasName, LATEST, locateUnqualified, qualifiedArn, settingsAt, versionOf } from './qualifier';
import type { Alias, FunctionState, LambdaState } from './state';

function view(fn: FunctionState, alias: Alias): JsonObject {
  const { additional } = alias;
  return {
    AliasArn: qualifiedArn(fn.arn, alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(additional ? { RoutingConfig: { AdditionalVersionWeights: { [additional.version]: additional.weight } } } : {}),
    RevisionId: alias.revisionId,
  };
}

function parseVersion(fn: FunctionState, given: unknown): Parsed<string> {
  if (typeof given !== 'string') return violation(given, 'functionVersion', 'Member must not be null');
  if (!/^(\$LATEST|[0-9]+)$/.test(given)) {
    return violation(given, 'functionVersion', 'Member must satisfy regular expression pattern: (\\$LATEST|[0-9]+)');
  }
  return versionOf(fn, given) ? { value: given } : functionNotFound(qualifiedArn(fn.arn, given));
}

/** At most one more version, published, with the same role and dead-letter queue. */
function parseRouting(fn: FunctionState, version: string, given: unknown): Parsed<Alias['additional']> {
  const weights = Object.entries(((given as JsonObject | null)?.AdditionalVersionWeights ?? {}) as Record<string, number>);
  if (weights.length > 1) return invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  const [entry] = weights;
  if (!entry) return { value: null };
  const [other, weight] = entry;
  const refused = (constraint: string) => violation(`{${other}=${weight}}`, 'routingConfig.additionalVersionWeights', constraint);
  if (typeof weight !== 'number' || !(weight >= 0 && weight <= 1)) {
    return refused(
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
    );
  }
  if (version === LATEST) return invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  if (!/^[0-9]+$/.test(other)) {
    return refused(
      'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]',
    );
  }
  if (other === version) {
    return invalid(`Invalid function version ${other}. Function version ${other} is already included in routing configuration.`);
  }
  const [first, second] = [versionOf(fn, version), versionOf(fn, other)];
  if (!second) return functionNotFound(qualifiedArn(fn.arn, other));
  if (first && first.role !== second.role) return invalid('Execution role for both function versions in an alias must be the same.');
  if (first && first.deadLetterArn !== second.deadLetterArn) {
    return invalid('Dead letter queue configuration for both function versions in an alias must be the same.');
  }
  return { value: { version: other, weight } };
}

export function createAlias(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { Name: name, Description: description } = call.input;
  if (typeof name !== 'string' || !isAliasName(name) || name.length > 128) {
    return violation(name, 'name', 'Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)');
  }
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  const version = parseVersion(fn, call.input.FunctionVersion);
  if ('fault' in version) return version;
  if (aliasOf(fn, name)) return conflict(`Alias already exists: ${qualifiedArn(fn.arn, name)}`);
  const additional = parseRouting(fn, version.value, call.input.RoutingConfig);
  if ('fault' in additional) return additional;
  const alias: Alias = {
    name,
    version: version.value,
    description: typeof description === 'string' ? description : '',
    additional: additional.value,
    revisionId: port.uuid(),
  };
  emitLambda(port, 'lambda:AliasCreated', fn.arn, alias);
  return { ok: view(fn, alias) };
}

/** Members that are left out stay; an empty RoutingConfig ends the split. */
export function updateAlias(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = findAlias(state, call, 'Alias not found:');
  if ('fault' in found) return found;
  const { fn, alias } = found;
  const { FunctionVersion, Description: description, RoutingConfig, RevisionId } = call.input;
  const stale = checkRevision(RevisionId, alias.revisionId);
  if (stale) return stale;
  const version = FunctionVersion === undefined ? { value: alias.version } : parseVersion(fn, FunctionVersion);
  if ('fault' in version) return version;
  const kept = alias.additional ? { AdditionalVersionWeights: { [alias.additional.version]: alias.additional.weight } } : null;
  const additional = parseRouting(fn, version.value, RoutingConfig === undefined ? kept : RoutingConfig);
  if ('fault' in additional) return additional;
  const updated: Alias = {
    name: alias.name,
    version: version.value,
    description: typeof description === 'string' ? description : alias.description,
    additional: additional.value,
    revisionId: port.uuid(),
  };
  emitLambda(port, 'lambda:AliasUpdated', fn.arn, updated);
  if (settingsAt(fn, alias.name).provisioned) planProvisioning(fn, port);
  return { ok: view(fn, updated) };
}

function findAlias(state: Readonly<LambdaState>, call: ApiCall, otherwise: string): { fn: FunctionState; alias: Alias } | { fault: Fault } {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const name = String(call.input.Name);
  const alias = aliasOf(located.fn, name);
  return alias ? { fn: located.fn, alias } : notFound(`${otherwise} ${qualifiedArn(located.fn.arn, name)}`);
}

export function getAlias(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const found = findAlias(state, call, 'Cannot find alias arn:');
  return 'fault' in found ? found : { ok: view(found.fn, found.alias) };
}

export function listAliases(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const { FunctionVersion: version } = call.input;
  const aliases = Object.values(located.fn.aliases)
    .filter(({ version: first, additional }) => version === undefined || first === version || additional?.version === version)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return pageOf(
    call.input,
    'Aliases',
    aliases.map((alias) => view(located.fn, alias)),
  );
}

/** What is not there is deleted already. Policy, URL and other settings of the alias go with it. */
export function deleteAlias(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located;
  const name = String(call.input.Name);
  if (aliasOf(located.fn, name)) {
    endProvisioning(located.fn, name, port);
    emitLambda(port, 'lambda:AliasDeleted', located.fn.arn, { name });
  }
  return { ok: {} };
}
