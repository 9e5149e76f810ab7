// How large a request may be. JSON escapes can double a text of quotes and line breaks, so a request may be larger than the files in it.
import { labBytesMax } from '../lab/files';

export const labRequestBytesMax = 2 * labBytesMax + 16 * 1024;
export const smallRequestBytesMax = 16 * 1024;
