// Layers: files under /opt that functions share, in numbered versions that never change. LAM-ENV-X02.
// https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
import { type Arn, formatArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { type FunctionConfiguration, invalid, notFound, type Parsed } from './function';
import { lambdaDate } from './function-view';
import type { Layer, LayerUse, LayerVersion } from './layer';
import { isSharedWith } from './layer-permissions';
import { CHARACTERS_MAX, parsePackage } from './package';
import { pageOf } from './paging';
import type { LambdaState } from './state';

const LAYERS_MAX = 5;
const UNZIPPED_BYTES_MAX = 262_144_000;
const KEPT = ['CompatibleRuntimes', 'CompatibleArchitectures', 'LicenseInfo'];
const LAYER_VERSION_ARN = /^(arn:[^:]+:lambda:[^:]+:(\d{12}):layer:[^:]+):(\d+)$/;

/** The layer that a name or ARN means. */
export function layerArn(name: unknown, { account, region }: { account: string; region: string }): Arn {
  const text = String(name ?? '');
  return text.startsWith('arn:') ? text : formatArn({ service: 'lambda', region, account, resource: `layer:${text}` });
}

function versionAt(state: Readonly<LambdaState>, arn: Arn): LayerVersion | undefined {
  const [, layer = '', , version = ''] = LAYER_VERSION_ARN.exec(arn) ?? [];
  return state.layers[layer]?.versions[version];
}

/** The files of a function's layers below /opt: of two with one path the later layer's counts. */
export function layerFiles(state: Readonly<LambdaState>, uses: readonly LayerUse[]): Record<string, string> {
  const files = uses.flatMap(({ arn }) => Object.entries(versionAt(state, arn)?.files ?? {}));
  return Object.fromEntries(files.map(([path, text]) => [`/opt/${path}`, text]));
}

/** `settings` with the layers that the call names, or why it cannot have them. */
export function withLayers<T extends FunctionConfiguration>(
  state: Readonly<LambdaState>,
  settings: T,
  { input, principal }: ApiCall,
  port: Port,
): Parsed<T> {
  const arns = Array.isArray(input.Layers) ? input.Layers.map(String) : settings.layers.map(({ arn }) => arn);
  if (arns.length > LAYERS_MAX) return invalid(`Cannot reference more than ${LAYERS_MAX} layers.`);
  const uses: LayerUse[] = [];
  const seen = new Map<string, Arn>();
  let characters = charactersOf(settings.files);
  for (const arn of arns) {
    const [, layer = '', account = ''] = LAYER_VERSION_ARN.exec(arn) ?? [];
    if (account !== port.account && !isSharedWith(state, arn, port.account)) return refuseForeign(arn, principal.id);
    const version = versionAt(state, arn);
    const isDeleted = state.layers[layer]?.deleted.includes(String(version?.version)) ?? false;
    if (!version || (isDeleted && !settings.layers.some((use) => use.arn === arn))) return invalid(`Layer version ${arn} does not exist.`);
    const twin = seen.get(layer);
    if (twin !== undefined) {
      return invalid(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${twin} and ${arn} are versions of the same layer.`,
      );
    }
    seen.set(layer, arn);
    uses.push({ arn, codeSize: version.codeSize });
    characters += charactersOf(version.files);
  }
  if (characters > CHARACTERS_MAX) {
    return invalid(
      `Function code combined with layers exceeds the maximum allowed size of ${UNZIPPED_BYTES_MAX} bytes. The actual size is ${characters} bytes, and this simulator takes ${CHARACTERS_MAX}.`,
    );
  }
  return { value: { ...settings, layers: uses } };
}

function charactersOf(files: Record<string, string> | undefined): number {
  return Object.values(files ?? {}).reduce((sum, text) => sum + text.length, 0);
}

function refuseForeign(arn: Arn, who: string): { fault: Fault } {
  const text = `User: ${who} is not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows the lambda:GetLayerVersion action`;
  return clientFault('AccessDeniedException', text, 403);
}

export function publishLayerVersion(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { input, resource } = call;
  const code = parsePackage((input.Content ?? {}) as JsonObject);
  if ('fault' in code) return code;
  const before = Object.keys(state.layers[resource]?.versions ?? {}).length;
  const version: LayerVersion = {
    version: before + 1,
    description: String(input.Description ?? ''),
    createdEpochMs: port.epochMs,
    ...code.value,
    kept: Object.fromEntries(KEPT.filter((member) => input[member] !== undefined).map((member) => [member, input[member] ?? null])),
  };
  emitLambda(port, 'lambda:LayerVersionPublished', resource, { ...version, name: resource.slice(resource.lastIndexOf(':') + 1) });
  return { ok: detailsOf(resource, version) };
}

function itemOf(layer: Arn, { version, description, createdEpochMs, kept }: LayerVersion): JsonObject {
  return {
    LayerVersionArn: `${layer}:${version}`,
    Version: version,
    Description: description,
    CreatedDate: lambdaDate(createdEpochMs),
    ...kept,
  };
}

function detailsOf(layer: Arn, version: LayerVersion): JsonObject {
  const { codeSize, codeSha256 } = version;
  const Location = `https://awslambda-layers.s3.amazonaws.com/snapshots/${layer.split(':')[4]}/${layer.split(':')[6]}-${version.version}`;
  return {
    ...itemOf(layer, version),
    LayerArn: layer,
    Content: { Location, CodeSha256: codeSha256, CodeSize: codeSize },
  };
}

const NOT_THERE = 'The resource you requested does not exist.';

/** By name and number, or by the ARN of the version. */
export function getLayerVersion(state: Readonly<LambdaState>, { resource }: ApiCall): Reply {
  const [, layer = '', , number = ''] = LAYER_VERSION_ARN.exec(resource) ?? [];
  const version = versionAt(state, resource);
  if (!version || state.layers[layer]?.deleted.includes(number)) return notFound(NOT_THERE);
  return { ok: detailsOf(layer, version) };
}

/** What is not there is deleted already. */
export function deleteLayerVersion(state: Readonly<LambdaState>, { resource }: ApiCall, port: Port): Reply {
  const [, layer = '', , number = ''] = LAYER_VERSION_ARN.exec(resource) ?? [];
  const known = state.layers[layer];
  if (known?.versions[number] && !known.deleted.includes(number))
    emitLambda(port, 'lambda:LayerVersionDeleted', layer, { version: number });
  return { ok: {} };
}

/** Newest first; only those that run on what the call asks for. */
function matching({ versions, deleted }: Layer, { CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: JsonObject) {
  const isFor = (member: string, wanted: unknown, { kept }: LayerVersion) =>
    typeof wanted !== 'string' || (kept[member] as string[] | undefined)?.includes(wanted);
  return Object.values(versions)
    .filter(({ version }) => !deleted.includes(String(version)))
    .filter((each) => isFor('CompatibleRuntimes', runtime, each) && isFor('CompatibleArchitectures', architecture, each))
    .reverse();
}

export function listLayers(state: Readonly<LambdaState>, { input }: ApiCall, port: Port): Reply {
  const own = Object.values(state.layers).filter(({ arn }) => arn.startsWith(layerArn('', port)));
  const items = own.flatMap((layer) => {
    const [latest] = matching(layer, input);
    return latest ? [{ LayerName: layer.name, LayerArn: layer.arn, LatestMatchingVersion: itemOf(layer.arn, latest) }] : [];
  });
  return pageOf(input, 'Layers', items);
}

export function listLayerVersions(state: Readonly<LambdaState>, { input, resource }: ApiCall): Reply {
  const layer = state.layers[resource];
  return pageOf(input, 'LayerVersions', layer ? matching(layer, input).map((version) => itemOf(resource, version)) : []);
}
