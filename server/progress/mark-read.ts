// Marks a lesson as read. The first time counts; again changes nothing.
import { z } from 'zod';
import type { Database } from '../database/client';
import { holdLearner } from '../learner/hold';
import { Refusal } from '../refusal';
import { type LessonOutline, type LessonProgressView, viewLesson } from './read';

const markInput = z.object({ read: z.literal(true) });

export async function markLessonRead(
  db: Database,
  learnerId: string,
  lesson: LessonOutline,
  input: unknown,
  now = new Date(),
): Promise<LessonProgressView> {
  if (!markInput.safeParse(input).success) throw new Refusal('invalid-input', 'Send { "read": true }.');
  return db.$transaction(async (tx) => {
    await holdLearner(tx, learnerId);
    const row = await tx.lessonProgress.upsert({
      where: { learnerId_lesson: { learnerId, lesson: lesson.id } },
      create: { learnerId, lesson: lesson.id, readAt: now },
      update: {},
    });
    const correct = await tx.quizAnswer.findMany({
      where: { learnerId, correct: true, question: { in: [...lesson.questions] } },
      distinct: ['question'],
      select: { question: true },
    });
    return viewLesson(lesson, row.readAt, new Set(correct.map((answer) => answer.question)));
  });
}
