// The account's requests. A refusal comes back as the sentence to show.

export interface Learner {
  id: string;
  name: string;
  email: string | null;
  anonymous: boolean;
  role: string;
}

export interface Credentials {
  name: string;
  email: string;
  password: string;
}

/** Null when it worked, else what to tell the learner. */
export async function requestAccount(
  action: 'sign-up/email' | 'sign-in/email' | 'sign-out',
  body: Partial<Credentials>,
): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(`/api/auth/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return 'The site cannot be reached. Nothing was changed; try again when the connection is back.';
  }
  if (response.ok) return null;
  const answer = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  return answer?.error?.message ?? 'The site could not do this. Try again in a minute.';
}

/** The learner, null for a visitor without any work yet, or 'failed'. */
export async function readLearner(): Promise<Learner | null | 'failed'> {
  try {
    const response = await fetch('/api/me');
    return response.ok ? ((await response.json()) as { learner: Learner | null }).learner : 'failed';
  } catch {
    return 'failed';
  }
}
