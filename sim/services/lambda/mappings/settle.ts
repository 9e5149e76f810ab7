// A change of a mapping comes into force some seconds after it was asked for.
// https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
import type { ApiCall, Reply } from '../../../kernel/call';
import type { Port } from '../../../kernel/service';
import { emitLambda } from '../facts';
import type { LambdaState } from '../state';
import { uuidOf } from './apply';
import { beginPolling } from './begin-polling';
import type { MappingConfiguration } from './mapping';
import { stopPolling } from './poll';

export function settleMapping(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const mapping = state.mappings[uuidOf(call.resource)];
  if (!mapping) return { ok: {} };
  const { configuration, isEnabled } = call.input as unknown as { configuration: MappingConfiguration; isEnabled: boolean };
  const wasPolling = mapping.isPolling;
  if (mapping.status === 'Deleting') {
    stopPolling(mapping, port);
    emitLambda(port, 'lambda:EventSourceMappingDeleted', mapping.arn, { uuid: mapping.uuid });
    return { ok: {} };
  }
  if (!isEnabled) stopPolling(mapping, port);
  const status = isEnabled ? 'Enabled' : 'Disabled';
  emitLambda(port, 'lambda:EventSourceMappingSettled', mapping.arn, { status, configuration });
  if (isEnabled && !wasPolling) beginPolling(mapping, port);
  return { ok: {} };
}
