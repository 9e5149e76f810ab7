// A fact is an entry of the trace, in the past tense. State is a fold of facts.
import type { Arn } from './arn';
import type { Action } from './call';
import type { JsonObject } from './json';
import type { Ms } from './time';

export interface Fact {
  /** Position in the trace, from 0. */
  seq: number;
  /** When it happened. */
  at: Ms;
  /** `sqs:MessageSent` */
  type: Action;
  resource: Arn;
  /** The fact that led to this one; null for what the world's driver did. */
  cause: number | null;
  data: JsonObject;
}
