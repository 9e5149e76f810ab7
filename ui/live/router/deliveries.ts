// Where a rule sent an event, told from the facts: one line for each target.
import type { Fact } from '@/sim/kernel/fact';
import { formatClock } from '@/ui/timeline/clock';
import { shortName } from '@/ui/timeline/lambda-fact';
import type { RuleWish } from './router-setup';

export interface DeliveryLine {
  targetId: string;
  target: string;
  text: string;
  tone: 'done' | 'wait' | 'fault';
}

export function deliveriesOf(facts: readonly Fact[], eventId: string, { name, bus = 'default' }: RuleWish): DeliveryLine[] {
  const ending = bus === 'default' ? `:rule/${name}` : `:rule/${bus}/${name}`;
  const own = facts.filter((fact) => fact.data.eventId === eventId && fact.resource.endsWith(ending));
  return own
    .filter((fact) => fact.type === 'events:InvocationCreated')
    .map((created) => {
      const { Id: targetId, Arn: arn } = created.data.target as { Id: string; Arn: string };
      const story = own.filter((fact) => fact.data.invocationId === created.data.invocationId);
      const last = (type: string) => story.findLast((fact) => fact.type === `events:${type}`);
      return { targetId, target: shortName(arn), ...endingOf(story, last) };
    });
}

function endingOf(story: readonly Fact[], last: (type: string) => Fact | undefined): Pick<DeliveryLine, 'text' | 'tone'> {
  const tries = story.filter((fact) => fact.type === 'events:TargetInvoked').length;
  const count = tries === 1 ? '1 try' : `${tries} tries`;
  const delivered = last('TargetDelivered');
  if (delivered) return { tone: 'done', text: `delivered at ${formatClock(delivered.at)} after ${count}` };
  const letter = last('EventDeadLettered');
  const failed = last('TargetFailed');
  const why = `${failed?.data.errorCode}${failed?.data.exhausted ? `, ${failed.data.exhausted} reached` : ', which is not retried'}`;
  if (letter) {
    return {
      tone: 'wait',
      text: `${why}; in the dead-letter queue ${shortName(String(letter.data.deadLetterArn))} at ${formatClock(letter.at)} after ${count}`,
    };
  }
  if (last('EventDropped')) return { tone: 'fault', text: `${why}; dropped after ${count}` };
  return { tone: 'wait', text: `still on its way after ${count}` };
}
