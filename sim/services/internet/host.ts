// Hosts outside AWS. A scenario scripts how they answer and what they do after; what they remember is a fold of facts like all else.
import type { Principal } from '../../kernel/call';
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
  /**
   * What the host does because of this request, in this order, as an endpoint that confirms its subscription does:
   * `calls: [{ service: 'sns', operation: 'ConfirmSubscription', input: { TopicArn, Token } }]`.
   * What comes of a call is a fact, `internet:CallAnswered`; the host itself does not see it.
   */
  calls?: HostCall[];
}

/** A call of a host to an API in this world, over the internet. */
export interface HostCall {
  /** The IAM prefix of the service: `sns`. */
  service: string;
  operation: string;
  /** Members as the SDK spells them. */
  input: JsonObject;
  /** Whose keys the host holds. Default: nobody's, as when it opens a link. */
  principal?: Principal;
  /** After the request arrived. Default: when the host has answered. */
  afterMs?: Ms;
}

export interface HostScript<S = Json> {
  initial(): S;
  respond(state: Readonly<S>, request: HttpRequest, random: () => number): HttpAnswer;
  apply(state: S, effect: JsonObject): S;
}
