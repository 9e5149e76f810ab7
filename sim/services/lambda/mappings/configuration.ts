// What CreateEventSourceMapping and UpdateEventSourceMapping accept for an SQS queue, and what the API tells about a mapping.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
import { parseArn } from '../../../kernel/arn';
import type { Fault } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { parseFilterPattern } from '../filter-criteria/filter-pattern';
import { invalid, type Parsed, wholeIn } from '../function';
import { isFifo, type Mapping, type MappingConfiguration } from './mapping';

type Refusal = { fault: Fault };

/** Members for streams, Kafka and brokers, which a queue has no use for. */
const NOT_FOR_SQS = [
  'DestinationConfig',
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'TumblingWindowInSeconds',
] as const;

/** LAM-INV-X29: five filters; a quota that AWS raises on request. */
const FILTERS_MAX = 5;
const PATTERN_CHARACTERS_MAX = 4096;
/** Over ten messages only with a window: LAM-INV-E table. */
const BATCH_WITHOUT_WINDOW_MAX = 10;

/** Members that Lambda keeps as they are. */
const KEPT = ['KMSKeyArn', 'MetricsConfig', 'LoggingConfig'] as const;

/** Simplified: event sources other than SQS queues are refused. */
export function checkSource(source: unknown): Refusal | null {
  if (typeof source !== 'string') return invalid('Unrecognized event source.');
  const service = parseArn(source)?.service;
  if (service === 'sqs') return null;
  if (service === 'kinesis' || service === 'dynamodb')
    return invalid(`Event source mappings of ${service} are not part of this simulator.`);
  return invalid(`Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn : ${source}`);
}

/** `base`: what holds where the input says nothing. */
export function readConfiguration(base: MappingConfiguration, input: JsonObject): Parsed<MappingConfiguration> {
  if (given(input.StartingPosition)) return invalid('StartingPosition is not valid for SQS event sources.');
  for (const member of NOT_FOR_SQS) {
    if (given(input[member])) return invalid(`Unsupported ${member} parameter for given event source mapping type.`);
  }
  if (given(input.ProvisionedPollerConfig)) {
    return invalid('ProvisionedPollerConfig is not part of this simulator: leave it out, or limit the mapping with ScalingConfig.');
  }
  const batchSize = wholeIn(input.BatchSize, 'batchSize', 1, 10_000, base.batchSize);
  if ('fault' in batchSize) return batchSize;
  const window = wholeIn(input.MaximumBatchingWindowInSeconds, 'maximumBatchingWindowInSeconds', 0, 300, base.windowMs / 1000);
  if ('fault' in window) return window;
  if (window.value > 0 && isFifo(base)) return invalid('Batching window is not supported for FIFO queues');
  if (batchSize.value > BATCH_WITHOUT_WINDOW_MAX && window.value === 0) {
    return invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  }
  const patterns = readPatterns(base.patterns, input.FilterCriteria);
  if ('fault' in patterns) return patterns;
  const maximum = readMaximumConcurrency(base.maximumConcurrency, input.ScalingConfig);
  if ('fault' in maximum) return maximum;
  const types = input.FunctionResponseTypes;
  const kept = Object.fromEntries(KEPT.filter((member) => given(input[member])).map((member) => [member, input[member] ?? null]));
  return {
    value: {
      ...base,
      batchSize: batchSize.value,
      windowMs: window.value * 1000,
      patterns: patterns.value,
      reportsItemFailures: Array.isArray(types) ? types.includes('ReportBatchItemFailures') : base.reportsItemFailures,
      maximumConcurrency: maximum.value,
      kept: { ...base.kept, ...kept },
    },
  };
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** An empty FilterCriteria takes the filters away. */
function readPatterns(before: string[], criteria: JsonObject[string] | undefined): Parsed<string[]> {
  if (!given(criteria)) return { value: before };
  const filters = ((criteria as JsonObject).Filters ?? []) as JsonObject[];
  if (filters.length > FILTERS_MAX) {
    return invalid(`The FilterCriteria holds ${filters.length} filters. An event source mapping can have up to ${FILTERS_MAX}.`);
  }
  const patterns = filters.map(({ Pattern }) => String(Pattern ?? ''));
  for (const pattern of patterns) {
    if (pattern.length > PATTERN_CHARACTERS_MAX || 'refused' in parseFilterPattern(pattern))
      return invalid('Invalid filter pattern definition.');
  }
  return { value: patterns };
}

function readMaximumConcurrency(before: number | null, scaling: JsonObject[string] | undefined): Parsed<number | null> {
  if (!given(scaling)) return { value: before };
  const value = (scaling as JsonObject).MaximumConcurrency;
  if (!given(value)) return { value: null };
  return wholeIn(value, 'scalingConfig.maximumConcurrency', 2, 1000, 2);
}

/** EventSourceMappingConfiguration as the API answers it. */
export function viewOf(mapping: Mapping, port: Pick<Port, 'now' | 'epochMs'>): JsonObject {
  const { uuid, arn, eventSourceArn, functionArn, batchSize, windowMs, patterns, maximumConcurrency, status, modifiedAt } = mapping;
  return {
    UUID: uuid,
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: windowMs / 1000,
    EventSourceArn: eventSourceArn,
    FunctionArn: functionArn,
    LastModified: (port.epochMs - port.now + modifiedAt) / 1000,
    State: status,
    StateTransitionReason: 'USER_INITIATED',
    // Simplified: the reason stands here in the words of the queue; AWS has words of its own for some.
    ...(mapping.pollError === null ? {} : { LastProcessingResult: `PROBLEM: ${mapping.pollError}` }),
    FunctionResponseTypes: mapping.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    EventSourceMappingArn: arn,
    ...(patterns.length > 0 ? { FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) } } : {}),
    ...(maximumConcurrency === null ? {} : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...mapping.kept,
  };
}
