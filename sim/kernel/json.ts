/** What may cross a boundary: between services, between the world and learner code, into the trace. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
