// The learner's progress, fetched once a page load and shared by every island that shows some of it.
import { useEffect, useSyncExternalStore } from 'react';

export interface LessonProgress {
  readAt: string | null;
  questionsCorrect: number;
  questionsTotal: number;
  done: boolean;
}

export interface LabProgress {
  /** 0 as long as nothing is graded. */
  bestPoints: number;
  maxPoints: number;
  solvedAt: string | null;
  draftSavedAt: string | null;
}

export function hasBegun(lab: LabProgress): boolean {
  return lab.bestPoints > 0 || lab.draftSavedAt !== null;
}

export interface Progress {
  lessons: Record<string, LessonProgress>;
  labs: Record<string, LabProgress>;
}

export type ProgressState = { status: 'loading' } | { status: 'ready'; progress: Progress } | { status: 'failed' };

const loading: ProgressState = { status: 'loading' };
let state: ProgressState = loading;
let started = false;
const listeners = new Set<() => void>();

function publish(next: ProgressState): void {
  state = next;
  for (const listener of listeners) listener();
}

/** Fetches progress again, after something was read, answered or submitted. A failure keeps what was known. */
export async function refreshProgress(): Promise<void> {
  started = true;
  try {
    const response = await fetch('/api/progress', { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`progress answered ${response.status}`);
    publish({ status: 'ready', progress: (await response.json()) as Progress });
  } catch {
    if (state.status !== 'ready') publish({ status: 'failed' });
  }
}

/** Forgets what was known, after signing in or out. */
export function resetProgress(): void {
  publish(loading);
  void refreshProgress();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useProgress(): ProgressState {
  useEffect(() => {
    if (!started) void refreshProgress();
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => loading,
  );
}
