import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { course } from '@/generated/content/course';
import { labs } from '@/generated/content/labs';
import { lessonBodies } from '@/generated/content/lesson-bodies';
import { lessons } from '@/generated/content/lessons';
import { publicQuestions } from '@/generated/content/questions-public';
import { LessonEnd } from '@/ui/lesson/lesson-end';
import { LessonMap, LessonMapButton } from '@/ui/lesson/lesson-map';
import { Question } from '@/ui/quiz/question';
import { InlineMarkdown } from '@/ui/text/inline-markdown';
import styles from './lesson.module.css';

export const dynamicParams = false;

interface LessonParams {
  params: Promise<{ module: string; lesson: string }>;
}

export function generateStaticParams() {
  return lessons.map(({ path }) => {
    const [, , module = '', lesson = ''] = path.split('/');
    return { module, lesson };
  });
}

async function findLesson({ params }: LessonParams) {
  const { module, lesson } = await params;
  return lessons.find((candidate) => candidate.path === `/learn/${module}/${lesson}`) ?? notFound();
}

export async function generateMetadata(props: LessonParams): Promise<Metadata> {
  const { title, summary } = await findLesson(props);
  return { title, description: summary, openGraph: { title, description: summary, type: 'article' } };
}

export default async function LessonPage(props: LessonParams) {
  const lesson = await findLesson(props);
  const load = lessonBodies[lesson.id] ?? notFound();
  const { default: Body } = await load();
  const entries = course.flatMap((module) =>
    module.sections.flatMap((section) => section.lessons.map((entry) => ({ ...entry, section: section.title }))),
  );
  const at = entries.findIndex((entry) => entry.id === lesson.id);
  const lessonLabs = labs.filter((lab) => lesson.labs.includes(lab.slug));
  const facts = [
    `${lesson.minutes} minutes`,
    ...(lessonLabs.length > 0 ? [lessonLabs.length === 1 ? 'one lab' : `${lessonLabs.length} labs`] : []),
    ...(lesson.questions.length > 0 ? [`${lesson.questions.length} questions`] : []),
  ];
  const moduleSlug = lesson.path.split('/')[2] ?? '';

  /** `<Question id="retry-count" />` in a lesson: the id is the question's file name. */
  function LessonQuestion({ id }: { id: string }) {
    const full = `${lesson.id.replace('/', '.')}.${id}`;
    const question = publicQuestions[full];
    if (!question) throw new Error(`${lesson.id} asks question ${id}, which does not exist. Run npm run generate.`);
    return <Question question={question} lesson={lesson.id} number={lesson.questions.indexOf(full) + 1} count={lesson.questions.length} />;
  }

  return (
    <div className={styles.page}>
      <LessonMap modules={course} current={lesson.id} />
      <main id="main" className={styles.main}>
        <article className={styles.text}>
          <header>
            <div className={styles.crumb}>
              <p>
                <Link href={`/#${moduleSlug}`}>{lesson.moduleTitle}</Link>, {facts.join(', ')}
              </p>
              <LessonMapButton />
            </div>
            <h1>
              <InlineMarkdown text={lesson.subtitle ? `${lesson.title}: ${lesson.subtitle}` : lesson.title} />
            </h1>
            <p className={styles.lede}>
              <InlineMarkdown text={lesson.summary} />
            </p>
            <section aria-labelledby="objectives" className={styles.objectives}>
              <h2 id="objectives">After this lesson you can</h2>
              <ul>
                {lesson.objectives.map((objective) => (
                  <li key={objective}>
                    <InlineMarkdown text={objective} />
                  </li>
                ))}
              </ul>
            </section>
          </header>
          <Body components={{ Question: LessonQuestion }} />
          <LessonEnd lesson={lesson} labs={lessonLabs} previous={entries[at - 1] ?? null} next={entries[at + 1] ?? null} />
        </article>
      </main>
    </div>
  );
}
