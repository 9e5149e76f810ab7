// A quiz question: the author's file, what the page may show, and what only the server knows.
import { z } from 'zod';
import { factId } from './lesson-file';
import type { RichNode } from './markdown';

export const optionId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');

export const questionFileSchema = z
  .strictObject({
    type: z.enum(['one-of', 'several-of']),
    /** Markdown. */
    stem: z.string().min(1),
    options: z
      .array(
        z.strictObject({
          id: optionId,
          /** One line of markdown, as are `because` and `explanation`. */
          text: z.string().min(1),
          correct: z.boolean(),
          because: z.string().min(1),
          misconception: z.union([z.string(), z.number()]).optional(),
        }),
      )
      .min(2)
      .max(10),
    explanation: z.string().min(1).optional(),
    facts: z.array(factId).default([]),
    difficulty: z.number().int().min(1).max(3),
    bloom: z.enum(['remember', 'understand', 'apply', 'analyze', 'evaluate', 'create']),
    exams: z.array(z.string().min(1)).default([]),
  })
  .superRefine((question, context) => {
    const ids = question.options.map((option) => option.id);
    if (new Set(ids).size !== ids.length) context.addIssue({ code: 'custom', path: ['options'], message: 'two options have the same id' });
    const correct = question.options.filter((option) => option.correct).length;
    if (question.type === 'one-of' && correct !== 1) {
      context.addIssue({ code: 'custom', path: ['options'], message: `one-of needs exactly one correct option, found ${correct}` });
    }
    if (question.type === 'several-of' && (correct < 1 || correct === question.options.length)) {
      context.addIssue({ code: 'custom', path: ['options'], message: 'several-of needs at least one correct and one wrong option' });
    }
  });
export type QuestionFile = z.infer<typeof questionFileSchema>;

/** What the page shows before an answer. Never holds the key. */
export interface PublicQuestion {
  /** `02-lambda.10-asynchronous-invocation.retry-count` */
  id: string;
  type: QuestionFile['type'];
  stem: RichNode[];
  /** `text` is one line of markdown. */
  options: { id: string; text: string }[];
  difficulty: number;
}

/** What the server grades with. */
export interface QuestionKey {
  id: string;
  /** `02-lambda/10-asynchronous-invocation` */
  lesson: string;
  /** Content hash of what decides the grade: an answer belongs to one version of its question. */
  version: string;
  type: QuestionFile['type'];
  options: { id: string; correct: boolean; because: string }[];
  explanation: string | null;
}
