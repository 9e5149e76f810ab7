// Hosts outside AWS. A scenario scripts how they answer; what they remember is a fold of facts like everything else.
import type { Json, JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';

export interface HttpRequest {
  url: string;
  method: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
  /** How long the host takes. */
  afterMs: Ms;
  /** What the host remembers of this request; folded by `apply` at the moment of the request, before the answer leaves. */
  effect?: JsonObject;
}

export interface HostScript<S = Json> {
  initial(): S;
  respond(state: Readonly<S>, request: HttpRequest, random: () => number): HttpAnswer;
  apply(state: S, effect: JsonObject): S;
}
