// The end of a lesson: the lab, older material, what is done, sources with dates, the way on.
import Link from 'next/link';
import styles from './lesson-end.module.css';
import { MarkRead } from './mark-read';

interface Way {
  title: string;
  path: string | null;
}

interface LessonEndProps {
  lesson: {
    id: string;
    path: string;
    title: string;
    questions: readonly string[];
    sources: readonly { title: string; url: string; checked: string }[];
    olderMaterial?: string | undefined;
  };
  labs: readonly { slug: string; title: string; summary: string; minutes: number }[];
  previous: Way | null;
  next: Way | null;
}

function WayTo({ way, label }: { way: Way | null; label: string }) {
  if (!way) return <div />;
  return (
    <div>
      <small>
        {label}
        {way.path === null && ', not written yet'}
      </small>
      {way.path === null ? <span>{way.title}</span> : <Link href={way.path}>{way.title}</Link>}
    </div>
  );
}

export function LessonEnd({ lesson, labs, previous, next }: LessonEndProps) {
  return (
    <footer className={styles.end}>
      {labs.length > 0 && (
        <section aria-labelledby="labs">
          <h2 id="labs">{labs.length === 1 ? 'The lab' : 'The labs'}</h2>
          <ul className={styles.labs}>
            {labs.map((lab) => (
              <li key={lab.slug}>
                {/* A full load: the editor's page has a style policy of its own. */}
                <a href={`/labs/${lab.slug}`}>{lab.title}</a>
                <p>
                  {lab.summary} About {lab.minutes} minutes.
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {lesson.olderMaterial && (
        <section aria-labelledby="older">
          <h2 id="older">What older material says</h2>
          <p className={styles.older}>{lesson.olderMaterial}</p>
        </section>
      )}
      <section aria-labelledby="sources">
        <h2 id="sources">Sources</h2>
        <ul className={styles.sources}>
          {lesson.sources.map((source) => (
            <li key={source.url}>
              <a href={source.url} rel="noreferrer">
                {source.title}
              </a>
              <span>
                checked on <time dateTime={source.checked}>{source.checked}</time>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <div className={styles.progress}>
        <MarkRead lesson={lesson.id} path={lesson.path} title={lesson.title} questions={lesson.questions.length} />
      </div>
      <nav aria-label="Previous and next lesson" className={styles.ways}>
        <WayTo way={previous} label="Before this" />
        <WayTo way={next} label="Next" />
      </nav>
    </footer>
  );
}
