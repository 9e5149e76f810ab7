// The live parts of a lesson as its page would run them: each must show what the text around it says.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluate } from '@mdx-js/mdx';
import { createElement, Fragment } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { createAws } from '../sim/aws';
import type { Fact } from '../sim/kernel/fact';
import { bodyOf, type MappingJob, mappingSettingsOf, type QueueAndMappingProps } from '../ui/live/mapping/mapping-setup';
import { simulateMapping } from '../ui/live/mapping/simulate-mapping';
import type { PolicyEvaluatorProps } from '../ui/live/policy/policy-setup';
import { type EventRouterProps, jobOf, printJson, ruleText } from '../ui/live/router/router-setup';
import { type RouterRun, simulateRouter } from '../ui/live/router/simulate-router';
import { type LambdaRuntimeProps, type RuntimeJob, settingsOf } from '../ui/live/runtime-setup';
import type { ScheduleExplorerProps } from '../ui/live/schedule/schedule-setup';
import { simulate } from '../ui/live/simulate';
import { tidySource } from '../ui/live/tidy-source';
import { simulateTopic, type TopicRun } from '../ui/live/topic/simulate-topic';
import { outcomesAt, type SubscriptionOutcome } from '../ui/live/topic/topic-outcome';
import { draftOf, filtersOf, type TopicJob, type TopicSimulatorProps, jobOf as topicJobOf } from '../ui/live/topic/topic-setup';
import { simulateVersions } from '../ui/live/versions/simulate-versions';
import { tidyVersions } from '../ui/live/versions/tidy-versions';
import {
  stepsWith,
  type VersionStep,
  type VersionsAndAliasesProps,
  type VersionsOutcome,
  versionsJobOf,
} from '../ui/live/versions/versions-setup';
import { testSandboxes } from './sandboxes';

export interface LessonParts {
  /** The lesson as written. */
  text: string;
  ids: string[];
  props(id: string): LambdaRuntimeProps;
  /** `change` is what a learner does to the part before running it. */
  run(id: string, change?: (job: RuntimeJob) => Partial<RuntimeJob>): readonly Fact[];
  /** The same for a queue with a function behind it. */
  runQueue(id: string, change?: (job: MappingJob) => Partial<MappingJob>): readonly Fact[];
  topicIds: string[];
  topic(id: string): TopicSimulatorProps;
  /** Publishes a prepared message of a live topic. `change` is what a learner does to the part before. */
  publish(id: string, change?: (job: TopicJob) => Partial<TopicJob>, message?: number): TopicRun & { rows: SubscriptionOutcome[] };
  routerIds: string[];
  router(id: string): EventRouterProps;
  policy(id: string): PolicyEvaluatorProps;
  schedule(id: string): ScheduleExplorerProps;
  versions(id: string): VersionsAndAliasesProps;
  /** Takes the learner's steps after those that the part begins with. */
  takeSteps(id: string, ...steps: VersionStep[]): VersionsOutcome;
  /** Sends all prepared events of an event router. `change` is what a learner does to its texts before. */
  route(id: string, change?: (text: string, name: string) => string, bus?: string): RouterRun;
}

interface Collected<Props> {
  note(props: Props): null;
  find(id: string): Props;
}

/** Parts of one kind by their ids. */
function collect<Props extends { id: string }>(kind: string): Collected<Props> {
  const found = new Map<string, Props>();
  return {
    note: (props) => {
      if (found.has(props.id)) throw new Error(`The lesson has two of ${kind} ${props.id}.`);
      found.set(props.id, props);
      return null;
    },
    find: (id) => {
      const props = found.get(id);
      if (!props) throw new Error(`The lesson has no ${kind} ${id}.`);
      return props;
    },
  };
}

/** `lesson` is the URL of a lesson.mdx. */
export async function lessonParts(lesson: URL): Promise<LessonParts> {
  const text = readFileSync(fileURLToPath(lesson), 'utf8');
  const parts = new Map<string, LambdaRuntimeProps>();
  const note = (props: LambdaRuntimeProps) => {
    if (parts.has(props.id)) throw new Error(`The lesson has two live parts ${props.id}.`);
    parts.set(props.id, props);
    return null;
  };
  const queues = new Map<string, QueueAndMappingProps>();
  const noteQueue = (props: QueueAndMappingProps) => {
    if (queues.has(props.id)) throw new Error(`The lesson has two live parts ${props.id}.`);
    queues.set(props.id, props);
    return null;
  };
  const routers = new Map<string, EventRouterProps>();
  const noteRouter = (props: EventRouterProps) => {
    if (routers.has(props.id)) throw new Error(`The lesson has two event routers ${props.id}.`);
    routers.set(props.id, props);
    return null;
  };
  const policies = collect<PolicyEvaluatorProps>('policy evaluator');
  const schedules = collect<ScheduleExplorerProps>('schedule explorer');
  const versioned = collect<VersionsAndAliasesProps>('function with versions');
  const topics = new Map<string, TopicSimulatorProps>();
  const noteTopic = (props: TopicSimulatorProps) => {
    if (topics.has(props.id)) throw new Error(`The lesson has two live topics ${props.id}.`);
    topics.set(props.id, props);
    return null;
  };
  const children = (props: { children?: React.ReactNode }) => createElement(Fragment, null, props.children);
  const silent = () => null;
  const components = {
    LambdaRuntime: note,
    QueueAndMapping: noteQueue,
    EventRouter: noteRouter,
    TopicSimulator: noteTopic,
    PolicyEvaluator: policies.note,
    ScheduleExplorer: schedules.note,
    VersionsAndAliases: versioned.note,
    Predict: silent,
    Question: silent,
    Recall: children,
    Exam: children,
    Older: children,
    Term: children,
  };
  const { default: Lesson } = await evaluate(text, { ...runtime, remarkPlugins: [remarkFrontmatter, remarkGfm] });
  renderToStaticMarkup(createElement(Lesson, { components }));
  const sandboxes = await testSandboxes();
  const props = (id: string): LambdaRuntimeProps => {
    const found = parts.get(id);
    if (!found) throw new Error(`The lesson has no live part ${id}.`);
    return found;
  };
  const router = (id: string): EventRouterProps => {
    const found = routers.get(id);
    if (!found) throw new Error(`The lesson has no event router ${id}.`);
    return found;
  };
  const topic = (id: string): TopicSimulatorProps => {
    const found = topics.get(id);
    if (!found) throw new Error(`The lesson has no live topic ${id}.`);
    return found;
  };
  return {
    text,
    topicIds: [...topics.keys()],
    topic,
    publish: (id, change = () => ({}), message = 0) => {
      const found = topic(id);
      const job = topicJobOf(found, draftOf(found.messages[message]), filtersOf(found.subscriptions), found.times ?? 1);
      const { facts, result } = simulateTopic({ ...job, ...change(job) }, createAws, sandboxes);
      return { facts, result, rows: outcomesAt(facts, facts.length, found.subscriptions, result) };
    },
    routerIds: [...routers.keys()],
    router,
    policy: policies.find,
    schedule: schedules.find,
    versions: versioned.find,
    takeSteps: (id, ...learners) => {
      const found = tidyVersions(versioned.find(id));
      let steps = found.before ?? [];
      let { files } = found;
      for (const step of learners) {
        if (step.do === 'update') files = step.files;
        else steps = stepsWith(steps, files, step);
      }
      return simulateVersions(versionsJobOf(found, steps), sandboxes, createAws);
    },
    route: (id, change = (written) => written, bus) => {
      const found = router(id);
      const rules = Object.fromEntries(found.rules.map((rule) => [rule.name, change(ruleText(rule), rule.name)]));
      const events = (found.events ?? []).map(({ name, event }) => ({ name, text: change(printJson(event), name) }));
      return simulateRouter(jobOf(found, rules, events, bus ?? found.sendTo ?? 'default'), createAws, sandboxes);
    },
    ids: [...parts.keys(), ...queues.keys()],
    props,
    run: (id, change = () => ({})) => {
      const { files, handler, event = {}, events, inTurn, hosts = [], variables = {}, ...settings } = props(id);
      const tidied = Object.fromEntries(Object.entries(files).map(([path, source]) => [path, tidySource(source)]));
      const job: RuntimeJob = {
        ...settingsOf({ ...settings, files, handler }),
        files: tidied,
        handler,
        events: inTurn ?? [events?.[0]?.payload ?? event],
        hosts,
        variables,
        seed: 7,
      };
      return simulate({ ...job, ...change(job) }, sandboxes, createAws);
    },
    runQueue: (id, change = () => ({})) => {
      const found = queues.get(id);
      if (!found) throw new Error(`The lesson has no live queue ${id}.`);
      const files = Object.fromEntries(Object.entries(found.files).map(([path, source]) => [path, tidySource(source)]));
      const job: MappingJob = {
        ...mappingSettingsOf(found),
        files,
        handler: found.handler,
        queueName: found.queue ?? 'orders',
        bodies: found.messages.map(bodyOf),
        seed: 7,
      };
      return simulateMapping({ ...job, ...change(job) }, sandboxes, createAws);
    },
  };
}

export function ofType(facts: readonly Fact[], type: string): Fact[] {
  return facts.filter((fact) => fact.type === type);
}

/** Every line of every log, in order. */
export function logOf(facts: readonly Fact[]): string[] {
  return ofType(facts, 'logs:LogEventsPut').flatMap((fact) =>
    (fact.data.logEvents as unknown as { message: string }[]).map((event) => event.message.trimEnd()),
  );
}
