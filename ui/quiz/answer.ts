// Answers as the server gives them back, and the ones that could not be sent yet.

export interface AnswerView {
  choice: string[];
  correct: boolean;
  points: number;
  maxPoints: number;
  answeredAt: string;
  options: { id: string; correct: boolean; because: string }[];
  explanation: string | null;
}

/** An answer on its way. The key makes sending it twice the same as once. */
export interface PendingAnswer {
  choice: string[];
  key: string;
}

export type SendOutcome =
  | { sent: true; answer: AnswerView }
  /** `again`: sending the same answer later can succeed. */
  | { sent: false; again: boolean; message: string };

const storageKey = (question: string) => `coldstart.answer.${question}`;

export function keepPending(question: string, pending: PendingAnswer | null): void {
  try {
    if (pending) localStorage.setItem(storageKey(question), JSON.stringify(pending));
    else localStorage.removeItem(storageKey(question));
  } catch {
    // Without storage the answer lasts as long as the page.
  }
}

export function readPending(question: string): PendingAnswer | null {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey(question)) ?? 'null') as Partial<PendingAnswer> | null;
    const { choice, key } = stored ?? {};
    return Array.isArray(choice) && choice.every((id) => typeof id === 'string') && typeof key === 'string' ? { choice, key } : null;
  } catch {
    return null;
  }
}

export async function sendAnswer(question: string, pending: PendingAnswer): Promise<SendOutcome> {
  let response: Response;
  try {
    response = await fetch(`/api/questions/${encodeURIComponent(question)}/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(pending),
    });
  } catch {
    return {
      sent: false,
      again: true,
      message: 'The site cannot be reached. Your answer is kept in this browser and is sent when the connection is back.',
    };
  }
  const body = (await response.json().catch(() => null)) as { answer?: AnswerView; error?: { message?: string } } | null;
  if (response.ok && body?.answer) return { sent: true, answer: body.answer };
  const again = response.status >= 500 || response.status === 429 || response.ok;
  const message = body?.error?.message ?? 'The site did not understand the answer. Reload the page and answer again.';
  return { sent: false, again, message: again ? `${message} Your answer is kept in this browser.` : message };
}

const earlier = new Map<string, Promise<Record<string, AnswerView>>>();

/** The learner's latest answers of a lesson, fetched once a page load. Empty when they cannot be had. */
export function earlierAnswers(lesson: string): Promise<Record<string, AnswerView>> {
  let answers = earlier.get(lesson);
  if (!answers) {
    answers = fetch(`/api/lessons/${lesson}/answers`)
      .then(async (response) => (response.ok ? ((await response.json()) as { answers: Record<string, AnswerView> }).answers : {}))
      .catch(() => ({}));
    earlier.set(lesson, answers);
  }
  return answers;
}

/** Keeps what was just answered, for questions that mount again without a page load. */
export function rememberAnswer(lesson: string, question: string, answer: AnswerView): void {
  earlier.set(
    lesson,
    earlierAnswers(lesson).then((answers) => ({ ...answers, [question]: answer })),
  );
}
