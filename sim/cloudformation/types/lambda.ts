// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html
import { formatArn } from '../../kernel/arn';
import type { Json, JsonObject } from '../../kernel/json';
import { type Ask, type Made, physicalName, pick, ResourceError, type ResourceType, tagMap, type Wanted } from '../resource-type';

const CONFIGURATION = [
  'Architectures',
  'Code',
  'DeadLetterConfig',
  'Description',
  'Environment',
  'EphemeralStorage',
  'Handler',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'PackageType',
  'Role',
  'Runtime',
  'Timeout',
  'TracingConfig',
];

const lambdaFunction: ResourceType = {
  properties: ['FunctionName', 'RecursiveLoop', 'ReservedConcurrentExecutions', 'Tags', ...CONFIGURATION],
  ignored: ['KmsKeyArn', 'RuntimeManagementConfig'],
  create: (wanted, ask) => {
    const { properties, place } = wanted;
    const name = physicalName(properties.FunctionName, wanted);
    const arn = formatArn({ service: 'lambda', ...place, resource: `function:${name}` });
    const tags = tagMap(properties.Tags);
    ask('lambda', 'CreateFunction', {
      FunctionName: name,
      ...pick(properties, CONFIGURATION),
      ...(Object.keys(tags).length > 0 ? { Tags: tags } : {}),
    });
    const { ReservedConcurrentExecutions: reserved, RecursiveLoop } = properties;
    if (reserved !== undefined) {
      ask('lambda', 'PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions: Number(reserved) });
    }
    if (RecursiveLoop !== undefined) ask('lambda', 'PutFunctionRecursionConfig', { FunctionName: name, RecursiveLoop });
    return { arn, ref: name, attributes: { Arn: arn } };
  },
};

function functionArn(name: Json | undefined, place: { account: string; region: string }): string {
  const text = String(name ?? '');
  return text.startsWith('arn:') ? text : formatArn({ service: 'lambda', ...place, resource: `function:${text}` });
}

const eventInvokeConfig: ResourceType = {
  properties: ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'],
  create: ({ properties, place }, ask) => {
    const { FunctionName, Qualifier = '$LATEST' } = properties;
    ask('lambda', 'PutFunctionEventInvokeConfig', {
      FunctionName: FunctionName ?? '',
      ...(Qualifier === '$LATEST' ? {} : { Qualifier }),
      ...pick(properties, ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig']),
    });
    return { arn: functionArn(FunctionName, place), ref: `${FunctionName}|${Qualifier}`, attributes: {} };
  },
};

const PERMISSION = [
  'Action',
  'EventSourceToken',
  'FunctionName',
  'FunctionUrlAuthType',
  'InvokedViaFunctionUrl',
  'Principal',
  'PrincipalOrgID',
  'SourceAccount',
  'SourceArn',
];

const permission: ResourceType = {
  properties: PERMISSION,
  create: ({ logicalId, properties, place }, ask) => {
    const id = `${place.stackName}-${logicalId}`;
    ask('lambda', 'AddPermission', { StatementId: id, ...pick(properties, PERMISSION) });
    return { arn: functionArn(properties.FunctionName, place), ref: id, attributes: { Id: id } };
  },
};

const MAPPING = [
  'BatchSize',
  'Enabled',
  'EventSourceArn',
  'FilterCriteria',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'ScalingConfig',
];

const eventSourceMapping: ResourceType = {
  properties: MAPPING,
  ignored: ['MetricsConfig', 'Tags'],
  create: ({ properties, place }, ask) => {
    const { UUID } = ask('lambda', 'CreateEventSourceMapping', pick(properties, MAPPING));
    const arn = formatArn({ service: 'lambda', ...place, resource: `event-source-mapping:${UUID}` });
    return { arn, ref: String(UUID), attributes: { Id: String(UUID), EventSourceMappingArn: arn } };
  },
};

function provision(FunctionName: Json, Qualifier: Json, config: Json | undefined, ask: Ask): void {
  if (config === undefined) return;
  const { ProvisionedConcurrentExecutions } = config as JsonObject;
  ask('lambda', 'PutProvisionedConcurrencyConfig', {
    FunctionName,
    Qualifier,
    ProvisionedConcurrentExecutions: Number(ProvisionedConcurrentExecutions),
  });
}

const version: ResourceType = {
  properties: ['FunctionName', 'CodeSha256', 'Description', 'ProvisionedConcurrencyConfig'],
  ignored: ['RuntimePolicy'],
  create: ({ properties }, ask) => {
    const { FunctionName = '' } = properties;
    const output = ask('lambda', 'PublishVersion', { FunctionName, ...pick(properties, ['CodeSha256', 'Description']) });
    const [arn, number] = [String(output.FunctionArn), String(output.Version)];
    provision(FunctionName, number, properties.ProvisionedConcurrencyConfig, ask);
    return { arn, ref: arn, attributes: { FunctionArn: arn, Version: number } };
  },
};

const alias: ResourceType = {
  properties: ['FunctionName', 'FunctionVersion', 'Name', 'Description', 'RoutingConfig', 'ProvisionedConcurrencyConfig'],
  create: ({ properties }, ask) => {
    const { FunctionName = '', Name = '' } = properties;
    const output = ask('lambda', 'CreateAlias', {
      ...pick(properties, ['FunctionName', 'FunctionVersion', 'Name', 'Description']),
      ...routingOf(properties.RoutingConfig),
    });
    provision(FunctionName, Name, properties.ProvisionedConcurrencyConfig, ask);
    const arn = String(output.AliasArn);
    return { arn, ref: arn, attributes: { AliasArn: arn } };
  },
};

/** Templates list weights; the API has a map of them. */
function routingOf(config: Json | undefined): JsonObject {
  const weights = (config as JsonObject | undefined)?.AdditionalVersionWeights;
  if (!Array.isArray(weights)) return {};
  const map = Object.fromEntries(
    (weights as JsonObject[]).map(({ FunctionVersion, FunctionWeight }) => [String(FunctionVersion), Number(FunctionWeight)]),
  );
  return { RoutingConfig: { AdditionalVersionWeights: map } };
}

const url: ResourceType = {
  properties: ['TargetFunctionArn', 'Qualifier', 'AuthType', 'Cors', 'InvokeMode'],
  create: ({ properties }, ask) => {
    const output = ask('lambda', 'CreateFunctionUrlConfig', {
      FunctionName: properties.TargetFunctionArn ?? '',
      ...pick(properties, ['Qualifier', 'AuthType', 'Cors', 'InvokeMode']),
    });
    const arn = String(output.FunctionArn);
    return { arn, ref: arn, attributes: { FunctionArn: arn, FunctionUrl: String(output.FunctionUrl) } };
  },
};

const LAYER = ['Description', 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo'];

function publishLayer(wanted: Wanted, Content: Json, ask: Ask): Made {
  const { properties } = wanted;
  const LayerName = physicalName(properties.LayerName, wanted);
  const arn = String(ask('lambda', 'PublishLayerVersion', { LayerName, Content, ...pick(properties, LAYER) }).LayerVersionArn);
  return { arn, ref: arn, attributes: { LayerVersionArn: arn } };
}

const layerVersion: ResourceType = {
  properties: ['LayerName', 'Content', ...LAYER],
  create: (wanted, ask) => publishLayer(wanted, wanted.properties.Content ?? {}, ask),
};

/** SAM's: the layer holds what is below a folder of the deployment. */
const serverlessLayer: ResourceType = {
  properties: ['LayerName', 'ContentUri', ...LAYER],
  ignored: ['RetentionPolicy'],
  create: (wanted, ask) => {
    const { logicalId, properties, place } = wanted;
    const folder = String(properties.ContentUri ?? '').replace(/^(\.?\/)+|\/+$/g, '');
    const inside = Object.entries(place.files).filter(([path]) => path.startsWith(`${folder}/`));
    if (folder === '' || inside.length === 0) throw new ResourceError(`ContentUri of ${logicalId} must name a folder with files in it.`);
    return publishLayer(wanted, { Files: Object.fromEntries(inside.map(([path, text]) => [path.slice(folder.length + 1), text])) }, ask);
  },
};

export const LAMBDA_TYPES: Record<string, ResourceType> = {
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::Permission': permission,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Version': version,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::Url': url,
  'AWS::Lambda::LayerVersion': layerVersion,
  'AWS::Serverless::LayerVersion': serverlessLayer,
};
