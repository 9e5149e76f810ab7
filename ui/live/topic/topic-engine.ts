// One simulator for all live topics of a page.
import { createEngine, type Engine } from '@/ui/engine/engine';
import type { TopicJob, TopicResult } from './topic-setup';

/** A run takes milliseconds; 23 days of retries take a second or two. */
const RUN_TIMEOUT_MS = 20_000;

let engine: Engine<TopicJob, TopicResult> | null = null;

export function topicEngine(): Engine<TopicJob, TopicResult> {
  engine ??= createEngine<TopicJob, TopicResult>(() => new Worker(new URL('./topic.worker.ts', import.meta.url), { type: 'module' }), {
    timeoutMs: RUN_TIMEOUT_MS,
  });
  return engine;
}
