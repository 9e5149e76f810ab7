// Embedded metric format: a log line of JSON that says which of its members are metrics. CloudWatch reads the facts.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { PlacedEvent } from './metric-filters';
import type { LogGroup } from './state';

const METRICS_MAX = 100;
const DIMENSIONS_MAX = 30;
const VALUES_MAX = 100;

const objectIn = (value: Json | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
const listIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** One fact for each line that holds metrics, with the data points that it makes. A line that breaks the format makes none. */
export function findEmbeddedMetrics(group: LogGroup, events: readonly PlacedEvent[], port: Port): void {
  for (const { message } of events) {
    // Cheaper than reading every line as JSON.
    if (!message.includes('"_aws"')) continue;
    const data = pointsIn(message);
    if (data.length > 0) port.emit('logs:EmbeddedMetricsFound', group.arn, { data });
  }
}

function pointsIn(message: string): JsonObject[] {
  let root: JsonObject | null;
  try {
    root = objectIn(JSON.parse(message.slice(message.indexOf('{'))) as Json);
  } catch {
    return [];
  }
  const about = objectIn(root?._aws);
  const timestamp = about?.Timestamp;
  if (!root || !about || typeof timestamp !== 'number') return [];
  const members = root;
  return listIn(about.CloudWatchMetrics).flatMap((given) => {
    const directive = objectIn(given);
    const namespace = directive?.Namespace;
    if (!directive || typeof namespace !== 'string' || namespace === '') return [];
    const dimensionSets = listIn(directive.Dimensions).flatMap((names) => setOf(listIn(names), members) ?? []);
    return listIn(directive.Metrics)
      .slice(0, METRICS_MAX)
      .flatMap((definition): JsonObject[] => {
        const { Name, Unit, StorageResolution } = objectIn(definition) ?? {};
        if (typeof Name !== 'string') return [];
        const value = members[Name];
        const values = (Array.isArray(value) ? value.slice(0, VALUES_MAX) : [value]).filter((one) => typeof one === 'number');
        if (values.length === 0) return [];
        const seconds = StorageResolution === 1 ? 1 : 60;
        return [
          {
            namespace,
            metricName: Name,
            unit: Unit ?? 'None',
            timestamp,
            seconds,
            values,
            dimensionSets: dimensionSets.length > 0 ? dimensionSets : [[]],
          },
        ];
      });
  });
}

/** A dimension is named by a member of the line; a set that names what is not there is left out. */
function setOf(names: Json[], members: JsonObject): Json[][] | null {
  if (names.length > DIMENSIONS_MAX) return null;
  const set: Json[] = [];
  for (const name of names) {
    const value = members[String(name)];
    if (typeof value !== 'string' && typeof value !== 'number') return null;
    set.push({ Name: String(name), Value: String(value) });
  }
  return [set];
}
