// Faults on purpose, after AWS Fault Injection Service's inject-api-*-error actions.
// https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
// Simplified: AWS FIS injects for a percentage of calls of a role; here the next n calls of an action fail.
import type { Fault } from '../../kernel/call';
import { type Guard, PASS } from '../../kernel/guard';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';

interface PendingFault {
  /** How many more calls fail. */
  times: number;
  fault: Fault;
}

export interface FisState {
  /** By IAM action: `sqs:SendMessage`. */
  pending: Record<string, PendingFault[]>;
}

interface InjectApiError {
  action: string;
  times: number;
  fault: { code: string; message: string; status: number };
}

export function createFis(): Service<FisState> {
  return {
    prefix: 'fis',
    initial: () => ({ pending: {} }),
    actions: {
      /** Input: InjectApiError. Makes the next `times` calls of `action` fail. */
      InjectApiError: (_state, call, port) => {
        const { action, times, fault } = call.input as unknown as InjectApiError;
        port.emit('fis:ApiErrorArmed', action, { times, fault: { ...fault, side: fault.status >= 500 ? 'server' : 'client' } });
        return { ok: {} };
      },
    },
    apply: (state, fact) => {
      if (fact.type === 'fis:ApiErrorArmed') {
        const { times, fault } = fact.data as unknown as PendingFault;
        const list = state.pending[fact.resource] ?? [];
        list.push({ times, fault });
        state.pending[fact.resource] = list;
      } else if (fact.type === 'fis:ApiErrorInjected') {
        const list = state.pending[fact.data.action as string];
        const first = list?.[0];
        if (list && first && --first.times <= 0) list.shift();
      }
    },
  };
}

/** Fails calls for which a fault is armed. Stands behind the network and IAM, as the called service's own failure would. */
export const injectFaults: Guard = (call, view) => {
  const fault = view.state<FisState>('fis').pending[call.action]?.[0]?.fault;
  if (!fault) return PASS;
  const data: JsonObject = {
    action: call.action,
    code: fault.code,
    message: fault.message,
    status: fault.status,
    principal: call.principal.id,
  };
  return { verdict: 'refuse', fault, fact: { type: 'fis:ApiErrorInjected', data } };
};
