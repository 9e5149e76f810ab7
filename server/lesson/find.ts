// The lessons of this build, each with the ids of its questions.
import { course } from '../../generated/content/course';
import type { LessonOutline } from '../progress/read';
import { questionsOfLesson } from '../question/find';
import { Refusal } from '../refusal';

/** In the order of the course; only those that are written. */
export function listLessons(): LessonOutline[] {
  return course
    .flatMap((module) => module.sections.flatMap((section) => section.lessons))
    .filter((lesson) => lesson.path !== null)
    .map(({ id }) => ({ id, questions: questionsOfLesson(id).map((question) => question.id) }));
}

/** By folder names, `02-lambda` and `10-asynchronous-invocation`. */
export function findLesson(module: string, lesson: string): LessonOutline {
  const found = listLessons().find((candidate) => candidate.id === `${module}/${lesson}`);
  if (!found) throw new Refusal('not-found', 'There is no lesson with this name. The course map is on the home page.');
  return found;
}
