import type { Metadata } from 'next';
import Link from 'next/link';
import { labs } from '@/generated/content/labs';
import { lessons } from '@/generated/content/lessons';
import { LabStatus } from '@/ui/labs/lab-status';
import styles from './labs.module.css';

export const metadata: Metadata = {
  title: 'Labs',
  description: 'Serverless applications to repair. Your code is graded by running it again, on inputs that you have not seen.',
};

const difficultyWords = ['', 'easy', 'takes thought', 'hard'];

export default function LabsPage() {
  return (
    <main id="main" className={styles.page}>
      <h1>Labs</h1>
      <p className={styles.lede}>
        Each lab is a serverless application with something wrong in it. You change it, run it here as often as you like, and submit it. The
        server runs your files again, also in situations that you have not seen.
      </p>
      {labs.length === 0 ? (
        <p className={styles.empty}>No lab is written yet. The first will appear here.</p>
      ) : (
        <ul className={styles.list}>
          {labs.map((lab) => {
            const lesson = lessons.find((candidate) => candidate.id === lab.lesson);
            return (
              <li key={lab.slug}>
                <h2>
                  {/* A full load: the editor's page has a style policy of its own. */}
                  <a href={`/labs/${lab.slug}`}>{lab.title}</a>
                </h2>
                <p>{lab.summary}</p>
                <p className={styles.facts}>
                  {lab.minutes} minutes, {difficultyWords[lab.difficulty]}, {lab.points} points
                  {lesson && (
                    <>
                      , after <Link href={lesson.path}>{lesson.title}</Link>
                    </>
                  )}
                </p>
                <LabStatus slug={lab.slug} points={lab.points} />
              </li>
            );
          })}
        </ul>
      )}
    </main>
  );
}
