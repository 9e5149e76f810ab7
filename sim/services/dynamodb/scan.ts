// Scan: everything in a table or index, whole or in segments.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { Scope } from './expression/scope';
import { refuseLegacy } from './legacy';
import { after, answerPage, indexOf, readPageRequest, startOf } from './pages';
import { invalid } from './refusal';
import type { DynamoDbState } from './state';
import { tableOf } from './table-names';
import { refuseReads } from './throttle';

const HASHES = 2 ** 32;

export function scan(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  refuseLegacy(input);
  const { Segment: segment, TotalSegments: total } = input;
  if (segment !== undefined && total === undefined) {
    throw invalid('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  }
  if (total !== undefined && segment === undefined) {
    throw invalid('The Segment parameter is required but was not present in the request when parameter TotalSegments is present');
  }
  if (Number(segment ?? 0) >= Number(total ?? 1)) {
    throw invalid(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  const scope = Scope.of(input, ['FilterExpression', 'ProjectionExpression']);
  const table = tableOf(state, call);
  const index = indexOf(table, input);
  const request = readPageRequest(index, input, scope);
  scope.refuseUnused();
  const start = startOf(table, index, input);
  refuseReads(table, call, port);
  const count = Number(total ?? 1);
  const entries = (index?.entries ?? table.entries).filter(({ hash }) => Math.floor((hash / HASHES) * count) === Number(segment ?? 0));
  return answerPage(table, after(entries, start, true), request, call, port);
}
