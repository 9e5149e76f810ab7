// The document client of @aws-sdk/lib-dynamodb: commands with plain values, sent as the commands of the DynamoDB client.
// https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/package/aws-sdk-lib-dynamodb/
import { marshall, marshallValue, unmarshall } from './dynamodb-values';

type Values = Record<string, unknown>;
type Options = { marshallOptions?: Parameters<typeof marshall>[1] };
interface LowLevelClient {
  config: object;
  send(command: { operation: string; input: object }, ...rest: unknown[]): Promise<Values>;
  destroy(): void;
}

/** Names of the commands by the operations that they stand for. */
export const DOCUMENT_COMMANDS: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Query: 'Query',
  Scan: 'Scan',
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  TransactGet: 'TransactGetItems',
  TransactWrite: 'TransactWriteItems',
};

/** Members whose value is an item: a map from attribute to value. */
const ITEMS = new Set(['Item', 'Key', 'Attributes', 'ExpressionAttributeValues', 'ExclusiveStartKey', 'LastEvaluatedKey']);
/** Members whose value is a list of items. */
const ITEM_LISTS = new Set(['Items', 'Keys']);
/** Members that hold, by table, items to be read, written or given back. */
const BY_TABLE = new Set(['Responses', 'RequestItems', 'UnprocessedItems', 'UnprocessedKeys']);

function translate(value: unknown, item: (value: Values) => unknown, isResponses = false): unknown {
  if (Array.isArray(value)) return value.map((entry) => translate(entry, item, isResponses));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const made: Values = {};
  for (const [key, member] of Object.entries(value as Values)) {
    if (ITEMS.has(key) && typeof member === 'object' && member !== null) made[key] = item(member as Values);
    else if (ITEM_LISTS.has(key) && Array.isArray(member)) made[key] = member.map((entry) => item(entry as Values));
    else if (BY_TABLE.has(key)) made[key] = byTable(member, item);
    else made[key] = translate(member, item);
  }
  return made;
}

/** The answer of BatchGet lists plain items by table; all others hold requests, or an item each. */
function byTable(member: unknown, item: (value: Values) => unknown): unknown {
  if (Array.isArray(member)) return translate(member, item);
  const tables = Object.entries(member as Values).map(([table, held]) => {
    const isItemList = Array.isArray(held) && held.every((entry) => !('PutRequest' in entry || 'DeleteRequest' in entry));
    return [table, isItemList ? held.map((entry: Values) => item(entry)) : translate(held, item)];
  });
  return Object.fromEntries(tables);
}

export class DynamoDBDocumentClient {
  readonly config: object;
  constructor(
    private readonly client: LowLevelClient,
    private readonly options: Options = {},
  ) {
    this.config = client.config;
    for (const hidden of ['client', 'options']) Object.defineProperty(this, hidden, { enumerable: false });
  }
  static from(client: LowLevelClient, options?: Options): DynamoDBDocumentClient {
    return new DynamoDBDocumentClient(client, options);
  }
  async send(command: { operation: string; input: object }, ...rest: unknown[]): Promise<unknown> {
    const input = translate(command.input, (item) => marshall(item, this.options.marshallOptions)) as object;
    const output = await this.client.send({ operation: command.operation, input }, ...rest);
    return translate(output, (item) => unmarshall(item as Parameters<typeof unmarshall>[0]));
  }
  destroy(): void {
    this.client.destroy();
  }
}

function documentCommand(name: string, operation: string): object {
  const Command = class {
    constructor(readonly input: object) {}
    get operation() {
      return operation;
    }
  };
  return Object.defineProperty(Command, 'name', { value: name });
}

export function documentClientModule(): Record<string, unknown> {
  const module: Record<string, unknown> = { DynamoDBDocumentClient };
  const DynamoDBDocument = class DynamoDBDocument extends DynamoDBDocumentClient {
    static override from(client: LowLevelClient, options?: Options) {
      return new DynamoDBDocument(client, options);
    }
  };
  for (const [name, operation] of Object.entries(DOCUMENT_COMMANDS)) {
    const Command = documentCommand(`${name}Command`, operation);
    module[`${name}Command`] = Command;
    const method = (name[0] ?? '').toLowerCase() + name.slice(1);
    Object.defineProperty(DynamoDBDocument.prototype, method, {
      value(this: DynamoDBDocumentClient, input: object) {
        return this.send(new (Command as new (input: object) => { operation: string; input: object })(input));
      },
      configurable: true,
      writable: true,
    });
  }
  return { ...module, DynamoDBDocument };
}

export const utilDynamoDbModule = { marshall, unmarshall, convertToAttr: marshallValue };
