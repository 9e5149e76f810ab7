// A live event router in a lesson. Event and rules are rendered with the page; the simulator is fetched when the reader first uses it.
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { EventRouterIsland } from './event-router-island';
import { SourceHead } from './router-frame';
import { type EventRouterProps, printJson, rulePath, ruleText, shapedTarget } from './router-setup';

export function EventRouter(props: EventRouterProps) {
  const event = props.events?.[0];
  const rule = props.rules.find(({ name }) => name === props.open) ?? props.rules[0];
  const shaped = rule ? shapedTarget(rule) : null;
  return (
    <EventRouterIsland {...props}>
      {event && (
        <>
          <SourceHead kind="Event" name={event.name} />
          <CodeView code={printJson(event.event)} language="json" />
        </>
      )}
      {rule && (
        <>
          <SourceHead kind="Rule" name={rule.name} />
          <CodeView code={ruleText(rule)} language={languageOf(rulePath(rule))} />
        </>
      )}
      {shaped?.input !== undefined && (
        <>
          <SourceHead kind="Input" name={`of the target ${shaped.to.split(':')[1]}`} />
          <CodeView code={shaped.input} language="yaml" />
        </>
      )}
    </EventRouterIsland>
  );
}
