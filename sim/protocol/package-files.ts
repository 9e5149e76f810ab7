// A function's package as the SDK sends it, a zip, beside what the simulator runs: its files by path.
// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
import type { JsonObject } from '../kernel/json';
import { fromBase64 } from './bytes';
import { WireError } from './wire-error';
import { unzip } from './zip';

/** Where an operation carries its package: in a member of its input, or in the input itself. */
const PACKAGE_OF: Record<string, (input: JsonObject) => JsonObject | undefined> = {
  CreateFunction: ({ Code }) => Code as JsonObject | undefined,
  UpdateFunctionCode: (input) => input,
  PublishLayerVersion: ({ Content }) => Content as JsonObject | undefined,
};

/** Adds `Files` next to `ZipFile`. Throws Lambda's refusal of what is no zip. */
export async function unpackPackage(operation: string, input: JsonObject): Promise<void> {
  const holder = PACKAGE_OF[operation]?.(input);
  if (typeof holder?.ZipFile !== 'string') return;
  const unzipped = await unzip(fromBase64(holder.ZipFile));
  if ('files' in unzipped) holder.Files = unzipped.files;
  else if (unzipped.broken === 'size') {
    throw new WireError('InvalidParameterValueException', 'Unzipped size must be smaller than 262144000 bytes');
  } else {
    const text = 'Could not unzip uploaded file. Please check your file, then try to upload again.';
    throw new WireError('InvalidParameterValueException', text);
  }
}
