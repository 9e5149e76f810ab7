// How far a learner is: lessons read and answered, labs solved. The best of everything counts.
import { Prisma } from '../../generated/prisma/client';
import type { Database } from '../database/client';

/** A lesson of the course, with the ids of its questions. */
export interface LessonOutline {
  id: string;
  questions: readonly string[];
}

export interface LessonProgressView {
  readAt: string | null;
  questionsCorrect: number;
  questionsTotal: number;
  /** Read, and every question answered right at least once. */
  done: boolean;
}

interface LabProgressView {
  bestPoints: number;
  maxPoints: number;
  /** When full points were reached first. */
  solvedAt: string | null;
  draftSavedAt: string | null;
}

export interface Progress {
  lessons: Record<string, LessonProgressView>;
  labs: Record<string, LabProgressView>;
}

export interface CourseOutline {
  lessons: readonly LessonOutline[];
  labs: readonly { slug: string; points: number }[];
}

/** Every lesson and lab of the course is in the answer; without a learner, all untouched. */
export async function readProgress(db: Database, learnerId: string | null, course: CourseOutline): Promise<Progress> {
  const progress: Progress = { lessons: {}, labs: {} };
  const [read, correct, grades, drafts] =
    learnerId === null
      ? [[], [], [], []]
      : await Promise.all([
          db.lessonProgress.findMany({ where: { learnerId }, select: { lesson: true, readAt: true } }),
          db.quizAnswer.findMany({ where: { learnerId, correct: true }, distinct: ['question'], select: { question: true } }),
          bestGrades(db, learnerId),
          db.draft.findMany({ where: { learnerId }, select: { lab: true, savedAt: true } }),
        ]);
  const readAt = new Map(read.map((row) => [row.lesson, row.readAt]));
  const answered = new Set(correct.map((row) => row.question));
  for (const lesson of course.lessons) progress.lessons[lesson.id] = viewLesson(lesson, readAt.get(lesson.id) ?? null, answered);
  for (const lab of course.labs) {
    const best = grades.find((row) => row.lab === lab.slug);
    progress.labs[lab.slug] = {
      bestPoints: best?.points ?? 0,
      maxPoints: best?.max_points ?? lab.points,
      solvedAt: best?.solved_at?.toISOString() ?? null,
      draftSavedAt: drafts.find((row) => row.lab === lab.slug)?.savedAt.toISOString() ?? null,
    };
  }
  return progress;
}

export function viewLesson(lesson: LessonOutline, readAt: Date | null, answeredRight: ReadonlySet<string>): LessonProgressView {
  const questionsCorrect = lesson.questions.filter((question) => answeredRight.has(question)).length;
  const questionsTotal = lesson.questions.length;
  return {
    readAt: readAt?.toISOString() ?? null,
    questionsCorrect,
    questionsTotal,
    done: readAt !== null && questionsCorrect === questionsTotal,
  };
}

interface BestGrade {
  lab: string;
  points: number;
  max_points: number;
  solved_at: Date | null;
}

/** Per lab the grade with the largest share of its points: labs change, and with them what can be earned. */
function bestGrades(db: Database, learnerId: string): Promise<BestGrade[]> {
  return db.$queryRaw<BestGrade[]>(Prisma.sql`
    SELECT DISTINCT ON (s.lab) s.lab, g.points, g.max_points,
      min(g.graded_at) FILTER (WHERE g.points >= g.max_points) OVER (PARTITION BY s.lab) AS solved_at
    FROM grade g JOIN submission s ON s.id = g.submission_id
    WHERE s.learner_id = ${learnerId}
    ORDER BY s.lab, g.points::float / greatest(g.max_points, 1) DESC, g.graded_at`);
}
