'use client';
// "Mark as read", and what a lesson still needs to be done.
import { useEffect, useState } from 'react';
import { rememberPlace } from '../course/place';
import { refreshProgress, useProgress } from '../progress/progress-store';
import styles from './lesson-end.module.css';

interface MarkReadProps {
  lesson: string;
  path: string;
  title: string;
  questions: number;
}

async function saveRead(lesson: string): Promise<string | null> {
  try {
    const response = await fetch(`/api/lessons/${lesson}/progress`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"read":true}',
    });
    if (response.ok) return null;
    const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
    return body?.error?.message ?? 'The site could not save this. Try again in a minute.';
  } catch {
    return 'The site cannot be reached. Try again when the connection is back.';
  }
}

export function MarkRead({ lesson, path, title, questions }: MarkReadProps) {
  const state = useProgress();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => rememberPlace({ path, title }), [path, title]);

  const progress = state.status === 'ready' ? state.progress.lessons[lesson] : undefined;
  const readAt = progress?.readAt ?? null;
  const correct = progress?.questionsCorrect ?? 0;
  const questionWords = questions > 0 ? `${correct} of ${questions} questions right` : null;
  const save = async () => {
    setSaving(true);
    const failed = await saveRead(lesson);
    if (!failed) await refreshProgress();
    setProblem(failed);
    setSaving(false);
  };
  return (
    <section className={styles.done} aria-label="Your progress in this lesson" data-done={progress?.done || undefined}>
      {readAt === null ? (
        <button type="button" onClick={() => void save()} aria-disabled={saving} disabled={state.status === 'loading'}>
          {saving ? 'Saving' : 'Mark as read'}
        </button>
      ) : (
        <span className={styles.read}>
          <span aria-hidden="true">✓ </span>Read on {new Date(readAt).toLocaleDateString(undefined, { dateStyle: 'medium' })}
        </span>
      )}
      <p role="status" data-failed={problem !== null || undefined}>
        {problem ??
          (state.status === 'failed'
            ? 'Your progress cannot be loaded now. The lesson works without it.'
            : state.status === 'ready'
              ? questionWords
              : '')}
        {progress?.done && ', lesson done.'}
      </p>
    </section>
  );
}
