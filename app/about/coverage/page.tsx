import type { Metadata } from 'next';
import Link from 'next/link';
import { course } from '@/generated/content/course';
import { coverage } from '@/generated/content/coverage';
import type { CoveredLine } from '@/server/content/coverage';
import { LessonTable } from '@/ui/lesson/lesson-table';
import { InlineMarkdown } from '@/ui/text/inline-markdown';
import styles from './coverage.module.css';

export const metadata: Metadata = {
  title: 'What the course covers',
  description:
    'Every line of the notes that the course follows, with the lesson that teaches it, the lab that needs it and the questions that ask for it.',
};

/** What the notes' line is worth today; nothing is said of a line that is right. */
const VERDICTS: Record<CoveredLine['verdict'], string | null> = {
  right: null,
  imprecise: 'loosely put',
  incomplete: 'not all of it',
  outdated: 'was so once',
  wrong: 'not so',
};

export default function CoveragePage() {
  const taught = coverage.filter(({ lessons }) => lessons.length > 0).length;
  const asked = coverage.filter(({ questions }) => questions > 0).length;
  return (
    <main id="main" className={styles.page}>
      <h1>What the course covers</h1>
      <p className={styles.lede}>
        The course follows a set of notes, line by line. Of its {coverage.length} lines, {taught} are taught so far, and questions ask for{' '}
        {asked}. Where a line is old or wrong, the lesson teaches what is true today and says what older material says.
      </p>
      {course.map((module) => {
        const lines = coverage.filter((line) => line.module === module.folder);
        return lines.length === 0 ? null : (
          <section key={module.folder} aria-labelledby={module.folder} className={styles.module}>
            <h2 id={module.folder}>{module.title}</h2>
            <LessonTable>
              <thead>
                <tr>
                  <th scope="col">The notes say</th>
                  <th scope="col">Lesson</th>
                  <th scope="col">Lab</th>
                  <th scope="col" className={styles.count}>
                    Questions
                  </th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <Line key={line.id} line={line} />
                ))}
              </tbody>
            </LessonTable>
          </section>
        );
      })}
    </main>
  );
}

function Line({ line }: { line: CoveredLine }) {
  const verdict = VERDICTS[line.verdict];
  return (
    <tr>
      <td>
        <InlineMarkdown text={line.says} />
        {verdict && <span className={styles.verdict}> {verdict}</span>}
      </td>
      <td>
        {line.lessons.map(({ title, path }) => (
          <Link key={path} href={path}>
            {title}
          </Link>
        ))}
        {line.lessons.length === 0 && <span className={styles.missing}>not yet</span>}
      </td>
      <td>
        {line.labs.map(({ title, slug }) => (
          <Link key={slug} href={`/labs/${slug}`}>
            {title}
          </Link>
        ))}
        {line.labs.length === 0 && <span className={styles.missing}>not yet</span>}
      </td>
      <td className={styles.count}>{line.questions === 0 ? <span className={styles.missing}>0</span> : line.questions}</td>
    </tr>
  );
}
