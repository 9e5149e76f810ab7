'use client';
// Create an account or sign in. Both take the work of this browser along.
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import styles from './account.module.css';
import { requestAccount } from './account-request';

type Mode = 'create' | 'sign-in';

export function AccountForm({ onDone }: { onDone: () => Promise<void> }) {
  const [mode, setMode] = useState<Mode>('create');
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ids = useId();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '');
    const credentials = { email: text('email').trim(), password: text('password') };
    setBusy(true);
    setProblem(null);
    const failed = await requestAccount(
      mode === 'create' ? 'sign-up/email' : 'sign-in/email',
      mode === 'create' ? { name: text('name').trim(), ...credentials } : credentials,
    );
    if (failed) setProblem(failed);
    else await onDone();
    setBusy(false);
  };

  const choose = (next: Mode) => {
    setMode(next);
    setProblem(null);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className={styles.form}>
      <fieldset className={styles.modes}>
        <legend className="visually-hidden">What to do</legend>
        <label>
          <input type="radio" name="mode" checked={mode === 'create'} onChange={() => choose('create')} />
          Create an account
        </label>
        <label>
          <input type="radio" name="mode" checked={mode === 'sign-in'} onChange={() => choose('sign-in')} />I have one
        </label>
      </fieldset>
      {mode === 'create' && (
        <label className={styles.field} htmlFor={`${ids}-name`}>
          Name
          <input id={`${ids}-name`} name="name" required maxLength={80} autoComplete="name" />
        </label>
      )}
      <label className={styles.field} htmlFor={`${ids}-email`}>
        E-mail
        <input
          id={`${ids}-email`}
          name="email"
          type="email"
          required
          maxLength={254}
          autoComplete="email"
          inputMode="email"
          spellCheck={false}
        />
      </label>
      <div className={styles.field}>
        <label htmlFor={`${ids}-password`}>Password</label>
        <span className={styles.password}>
          <input
            id={`${ids}-password`}
            name="password"
            type={shown ? 'text' : 'password'}
            required
            minLength={mode === 'create' ? 10 : undefined}
            maxLength={128}
            autoComplete={mode === 'create' ? 'new-password' : 'current-password'}
            aria-describedby={mode === 'create' ? `${ids}-hint` : undefined}
            spellCheck={false}
          />
          <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? 'Hide' : 'Show'}
          </button>
        </span>
        {mode === 'create' && (
          <small id={`${ids}-hint`}>
            At least 10 characters. Four words that only you would put together are better than a short riddle.
          </small>
        )}
      </div>
      <p role="alert" className={styles.problem} hidden={problem === null}>
        {problem}
      </p>
      <button type="submit" className="go" aria-disabled={busy}>
        {busy ? 'One moment' : mode === 'create' ? 'Create the account' : 'Sign in'}
      </button>
    </form>
  );
}
