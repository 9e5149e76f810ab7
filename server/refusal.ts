// Why a command does not do what it was asked: a code for programs and a sentence that says what to do.
// Commands throw it; only the HTTP layer knows which status it becomes.

export type RefusalCode =
  | 'invalid-input'
  | 'not-found'
  | 'foreign-origin'
  | 'signed-out'
  | 'too-large'
  | 'wrong-content-type'
  | 'too-many-requests'
  | 'stale-draft'
  | 'key-reused'
  | 'too-many-conflicts';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  /** Joins the answer beside `error`: what the browser needs in order to go on, such as the current draft. */
  readonly detail: Record<string, unknown>;
  /** With `too-many-requests`: when it is worth trying again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: RefusalCode, message: string, more: { detail?: Record<string, unknown>; retryAfterSeconds?: number } = {}) {
    super(message);
    this.code = code;
    this.detail = more.detail ?? {};
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
