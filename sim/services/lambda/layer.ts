// A layer and its versions, and how a function names them. LAM-ENV-X02.
// https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html
import type { Arn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';

export interface LayerVersion {
  version: number;
  description: string;
  createdEpochMs: number;
  /** By path below /opt. */
  files: Record<string, string>;
  codeSize: number;
  codeSha256: string;
  /** Members that are kept and given back: CompatibleRuntimes, CompatibleArchitectures, LicenseInfo. */
  kept: JsonObject;
}

export interface Layer {
  arn: Arn;
  name: string;
  versions: Record<string, LayerVersion>;
  /** Functions that use a deleted version keep it. */
  deleted: string[];
  /** By version. */
  policies: Record<string, LayerPolicy>;
}

/** Who else may use a version. */
export interface LayerPolicy {
  statements: JsonObject[];
  revisionId: string;
}

/** A layer version as a function names it. */
export interface LayerUse {
  arn: Arn;
  codeSize: number;
}
