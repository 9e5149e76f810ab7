// The state of one live event router: events and rules as the learner wrote them, the prediction, the latest run, and the cursor.
import { useEffect, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { stepsOf } from '@/ui/timeline/steps';
import { routerEngine } from './router-engine';
import { type EventRouterProps, inputKey, jobOf, printJson, type RouterOutcome, ruleText, shapedTarget } from './router-setup';

export type RouterRunState =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'failed'; message: string }
  | { status: 'done'; facts: Fact[]; outcome: RouterOutcome; signature: string };

export interface RouterState {
  eventName: string;
  chooseEvent(name: string): void;
  eventText: string;
  setEventText(text: string): void;
  ruleName: string;
  chooseRule(name: string): void;
  ruleTextOf(name: string): string;
  setRuleText(text: string): void;
  bus: string;
  setBus(bus: string): void;
  /** Rules that the learner expects to match; null without a prediction. */
  expected: readonly string[] | null;
  expect(rules: readonly string[] | null): void;
  /** Name of the rule that a replay is for; null for all. */
  replayTo: string | null;
  setReplayTo(rule: string | null): void;
  inputTextOf(rule: string): string;
  setInputText(rule: string, text: string): void;
  run: RouterRunState;
  stale: boolean;
  cursor: number;
  setCursor(seq: number): void;
  send(which: 'chosen' | 'all'): void;
  cancel(): void;
  reset(): void;
}

const CLOSING = /^events:(TargetDelivered|EventDeadLettered|EventDropped|EventUnmatched|ScheduleFired)$/;

export function useRouter(props: EventRouterProps): RouterState {
  const events = props.events ?? [];
  const firstRule = props.open ?? props.rules[0]?.name ?? '';
  const [eventName, setEventName] = useState(events[0]?.name ?? '');
  const [eventTexts, setEventTexts] = useState<Record<string, string>>({});
  const [ruleName, setRuleName] = useState(firstRule);
  const [ruleTexts, setRuleTexts] = useState<Record<string, string>>({});
  const [bus, setBus] = useState(props.sendTo ?? 'default');
  const [expected, setExpected] = useState<readonly string[] | null>(null);
  const [replayTo, setReplayTo] = useState<string | null>(null);
  const [run, setRun] = useState<RouterRunState>({ status: 'none' });
  const [cursor, setCursor] = useState(0);
  const cancelRun = useRef<() => void>(() => undefined);
  useEffect(() => () => cancelRun.current(), []);

  const textOf = (name: string) => eventTexts[name] ?? printJson(events.find((event) => event.name === name)?.event ?? {});
  const ruleTextOf = (name: string) => {
    const rule = props.rules.find((each) => each.name === name);
    return ruleTexts[name] ?? (rule ? ruleText(rule) : '');
  };
  const signature = JSON.stringify([eventTexts, ruleTexts, bus, replayTo]);

  const send = async (which: 'chosen' | 'all') => {
    const chosen = events.filter((event) => which === 'all' || props.archive !== undefined || event.name === eventName);
    const job = jobOf(
      props,
      ruleTexts,
      chosen.map(({ name }) => ({ name, text: textOf(name) })),
      bus,
      replayTo === null ? [] : [replayTo],
    );
    const facts: Fact[] = [];
    setRun({ status: 'running' });
    const running = routerEngine().run(job, { facts: (_world, more) => facts.push(...more) });
    cancelRun.current = running.cancel;
    const outcome = await running.outcome;
    if (outcome.ended === 'cancelled') setRun((before) => (before.status === 'running' ? { status: 'none' } : before));
    else if (outcome.ended === 'failed') setRun({ status: 'failed', message: outcome.message });
    else {
      setCursor(facts.findLast((fact) => CLOSING.test(fact.type))?.seq ?? stepsOf(facts).at(-1) ?? 0);
      setRun({ status: 'done', facts, outcome: outcome.result, signature });
    }
  };

  return {
    eventName,
    chooseEvent: (name) => {
      setEventName(name);
      setExpected(null);
    },
    eventText: textOf(eventName),
    setEventText: (text) => setEventTexts({ ...eventTexts, [eventName]: text }),
    ruleName,
    chooseRule: setRuleName,
    ruleTextOf,
    setRuleText: (text) => setRuleTexts({ ...ruleTexts, [ruleName]: text }),
    bus,
    setBus,
    expected,
    expect: setExpected,
    replayTo,
    setReplayTo,
    inputTextOf: (name) => {
      const rule = props.rules.find((each) => each.name === name);
      return ruleTexts[inputKey(name)] ?? (rule ? (shapedTarget(rule)?.input ?? '') : '');
    },
    setInputText: (name, text) => setRuleTexts({ ...ruleTexts, [inputKey(name)]: text }),
    run,
    stale: run.status === 'done' && run.signature !== signature,
    cursor,
    setCursor,
    send: (which) => void send(which),
    cancel: () => cancelRun.current(),
    reset: () => {
      cancelRun.current();
      setEventName(events[0]?.name ?? '');
      setEventTexts({});
      setRuleName(firstRule);
      setRuleTexts({});
      setBus(props.sendTo ?? 'default');
      setExpected(null);
      setReplayTo(null);
      setRun({ status: 'none' });
      setCursor(0);
    },
  };
}
