// Names and ARNs of tables, their indexes and streams, and the table that a call is about.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import type { ApiCall } from '../../kernel/call';
import { noTable, Refusal } from './refusal';
import type { DynamoDbState, Table } from './state';

export interface Place {
  account: string;
  region: string;
}

/** `TableName` of a request is a name of the caller's own, or an ARN. */
export function tableArn(nameOrArn: string, { account, region }: Place): Arn {
  return nameOrArn.startsWith('arn:') ? nameOrArn : formatArn({ service: 'dynamodb', account, region, resource: `table/${nameOrArn}` });
}

/** Of the table, an index or a stream of it: the table's ARN. */
export function tableArnIn(arn: Arn): Arn {
  return arn.replace(/^((?:[^:]*:){5}table\/[^/]+)\/.*$/, '$1');
}

export function tableNameIn(arn: Arn): string {
  return parseArn(tableArnIn(arn))?.resource.slice('table/'.length) ?? arn;
}

/** The table of a call, ready for use. `named`: calls on tables say which one is not there. */
export function tableOf(
  state: Readonly<DynamoDbState>,
  call: Pick<ApiCall, 'resource'>,
  missing: 'named' | 'plain' = 'plain',
): Readonly<Table> {
  const arn = tableArnIn(call.resource);
  const table = state.tables[arn];
  if (!table) throw noTable(missing === 'named' ? tableNameIn(arn) : undefined);
  if (missing === 'plain' && (table.status === 'CREATING' || table.status === 'DELETING')) throw noTable();
  if (missing === 'named' && table.status === 'DELETING') {
    throw new Refusal(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being deleted: ${table.name}`,
    );
  }
  return table;
}
