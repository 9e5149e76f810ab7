import type { Metadata } from 'next';
import { AccountPanel } from '@/ui/account/account-panel';
import styles from './account-page.module.css';

export const metadata: Metadata = {
  title: 'Account',
  description: 'Keep your work under an account, sign in, sign out, and see what is stored.',
};

const stored = [
  ['Lab drafts', 'The files you edit, saved as you type, with their revision.'],
  ['Submissions', 'The files you submitted, each with its grades.'],
  ['Answers', 'Which options you chose in quizzes, and when.'],
  ['Progress', 'Which lessons you marked as read, and when.'],
  ['Account', 'Your name, your e-mail address and a hash of your password, if you create one.'],
  ['Session', 'One cookie that scripts cannot read. It is what lets you work without an account.'],
  ['In this browser', 'The theme, where you stopped, your predictions, and whatever could not be sent yet.'],
];

export default function AccountPage() {
  return (
    <main id="main" className={styles.page}>
      <h1>Account</h1>
      <AccountPanel />
      <section aria-labelledby="stored" className={styles.stored}>
        <h2 id="stored">What is stored</h2>
        <dl>
          {stored.map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p>Nothing is sent to anybody else. The site loads nothing from other hosts.</p>
      </section>
    </main>
  );
}
