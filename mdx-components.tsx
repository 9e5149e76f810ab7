// The names that a lesson may use without importing. `Question` is bound to its lesson by the lesson page.
import type { MDXComponents } from 'mdx/types';
import type { ReactNode } from 'react';
import { glossary } from '@/generated/content/glossary';
import { Exam, Older, Recall } from '@/ui/lesson/lesson-parts';
import { LessonTable, LessonTableHead } from '@/ui/lesson/lesson-table';
import { Predict } from '@/ui/lesson/predict';
import { Term } from '@/ui/lesson/term';
import { LambdaRuntime } from '@/ui/live/lambda-runtime-lazy';
import { QueueAndMapping } from '@/ui/live/mapping/queue-and-mapping';
import { PolicyEvaluator } from '@/ui/live/policy/policy-evaluator';
import { EventRouter } from '@/ui/live/router/event-router-lazy';
import { ScheduleExplorer } from '@/ui/live/schedule/schedule-explorer';
import { TopicSimulator } from '@/ui/live/topic/topic-simulator';
import { VersionsAndAliases } from '@/ui/live/versions/versions-and-aliases';

function GlossaryTerm({ id, children }: { id: string; children?: ReactNode }) {
  const entry = glossary[id];
  if (!entry) throw new Error(`The glossary has no term ${id}. Add it to content/glossary.yaml.`);
  return <Term entry={entry}>{children}</Term>;
}

const components = {
  EventRouter,
  Exam,
  LambdaRuntime,
  Older,
  PolicyEvaluator,
  Predict,
  QueueAndMapping,
  Recall,
  ScheduleExplorer,
  Term: GlossaryTerm,
  TopicSimulator,
  VersionsAndAliases,
  table: LessonTable,
  th: LessonTableHead,
} satisfies MDXComponents;

export function useMDXComponents(): MDXComponents {
  return components;
}
