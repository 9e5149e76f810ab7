// generated/content: the course, its lessons and questions. Keys go to a file of their own, which ui/ and app/ never import.
import { generatedHead as head, json } from './generated-text';
import type { CourseContent } from './read-lessons';

/** Text by path under generated/content. */
export function courseFiles({ title, course, lessons, questions, keys, glossary }: CourseContent): Record<string, string> {
  const loaders = lessons.map(({ id }) => `  ${json(id)}: () => import(${json(`../../content/${id}/lesson.mdx`)}),`).join('\n');
  return {
    'course.ts': `${head}import type { CourseModule } from '../../server/content/course-manifest';

export const courseTitle = ${json(title)};
export const course: CourseModule[] = ${json(course)};
`,
    'lessons.ts': `${head}import type { LessonMeta } from '../../server/content/course-manifest';

export const lessons: LessonMeta[] = ${json(lessons)};
`,
    // Apart from the data: a page that imports this carries the parts of every lesson.
    'lesson-bodies.ts': `${head}/// <reference types="mdx" />
import type { MDXContent } from 'mdx/types';

export const lessonBodies: Record<string, () => Promise<{ default: MDXContent }>> = {
${loaders}
};
`,
    'glossary.ts': `${head}import type { Glossary } from '../../server/content/outline';

export const glossary: Glossary = ${json(glossary)};
`,
    'questions-public.ts': `${head}import type { PublicQuestion } from '../../server/content/question-file';

export const publicQuestions: Record<string, PublicQuestion> = ${json(Object.fromEntries(questions.map((question) => [question.id, question])))};
`,
    'questions-server.ts': `${head}// Server only: holds the keys.
import type { QuestionKey } from '../../server/content/question-file';

export const questionKeys: Record<string, QuestionKey> = ${json(Object.fromEntries(keys.map((key) => [key.id, key])))};
`,
  };
}
