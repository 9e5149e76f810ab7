// Event source mappings as lanes: the batches that they hold, those put off, and messages that no filter passes.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
import type { Fact } from '@/sim/kernel/fact';
import type { MappingFacts } from '@/sim/services/lambda/mappings/facts';
import { formatDuration } from './clock';
import type { Lane, LaneSheet } from './lane-sheet';

type MappingFact = { [T in keyof MappingFacts]: Omit<Fact, 'type' | 'data'> & { type: T; data: MappingFacts[T] } }[keyof MappingFacts];

export function drawMapping(sheet: LaneSheet, fact: Fact): void {
  const known = fact as unknown as MappingFact;
  const lane = (functionArn: string): Lane => sheet.lane(`mapping ${fact.resource}`, 'mapping', fact.resource, functionArn);
  const mark = (kind: 'fault' | 'passed', functionArn: string, title: string) =>
    lane(functionArn).marks.push({ kind, at: fact.at, title, fact: fact.seq });
  switch (known.type) {
    case 'lambda:BatchStarted': {
      const { batchId, functionArn, messageIds } = known.data;
      const segment = { kind: 'warm' as const, label: String(messageIds.length), title: `a batch of ${counted(messageIds.length)}` };
      sheet.begin(`batch ${batchId}`, lane(functionArn), fact, segment);
      return;
    }
    case 'lambda:BatchPutOff': {
      const { batchId, functionArn, waitMs, dueAt, errorCode } = known.data;
      const wait = formatDuration(waitMs);
      const segment = { kind: 'wait' as const, label: `wait ${wait}`, title: `put off for ${wait}: ${errorCode}` };
      sheet.begin(`batch ${batchId}`, lane(functionArn), fact, segment, dueAt);
      return;
    }
    case 'lambda:BatchEnded': {
      const { batchId, outcome, messageIds, failedIds } = known.data;
      if (outcome === 'success') sheet.end(`batch ${batchId}`, fact, { title: `a batch of ${counted(messageIds.length)}, done` });
      else
        sheet.end(`batch ${batchId}`, fact, {
          kind: 'fault',
          label: outcome === 'partial' ? `${failedIds.length} failed` : outcome,
          title: `a batch of ${counted(messageIds.length)}, ${failedIds.length} failed (${outcome})`,
        });
      return;
    }
    case 'lambda:EventsFilteredOut':
      mark('passed', known.data.functionArn, `${counted(known.data.messages.length)} passed no filter and left the queue`);
      return;
    case 'lambda:EventSourcePollFailed':
      mark('fault', known.data.functionArn, `the queue cannot be read: ${known.data.errorCode}`);
      return;
    case 'lambda:MessagesNotDeleted':
      mark('fault', known.data.functionArn, `${counted(known.data.messageIds.length)} not deleted: ${known.data.errorCode}`);
      return;
    default:
      return;
  }
}

function counted(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`;
}
