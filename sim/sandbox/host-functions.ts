// What guest code of the runtime may ask of the host, and the shape of each call. Learner code never sees these functions.
// `s` is text without NUL (JSON, or a path), `n` a number, `b` an ArrayBuffer.

export const HOST_FUNCTIONS = {
  /** level, text as a JSON string */
  log: 'ss',
  /** id, service, operation, input as JSON */
  request: 'nsss',
  /** id, `{ url, method, headers, body }` as JSON */
  fetch: 'ns',
  /** id, delay in ms */
  timerSet: 'nn',
  timerCleared: 'n',
  ready: '',
  /** `RuntimeError` as JSON */
  initFailed: 's',
  /** payload: JSON text */
  result: 's',
  /** `RuntimeError` as JSON */
  failed: 's',
  /** exit code; does not return */
  exit: 'n',
  /** Unix time in milliseconds with a fraction */
  now: '',
  /** specifier as a JSON string, path of the requiring file, condition `require` or `import`: gives `Resolution` as JSON */
  resolve: 'sss',
  /** path under /var/task: gives the file's text as a JSON string, or nothing */
  readFile: 's',
  /** Paths of all files of the package as JSON */
  listFiles: '',
  /** path of a CommonJS file: gives the compiled wrapper function */
  compile: 's',
  /** Bytes in /tmp, which do not count as the function's memory */
  tmpUsed: 'n',
  /** path in /tmp, bytes, where in the file they begin: from 0 the file is a new one */
  tmpWritten: 'sbn',
  tmpFolderMade: 's',
  tmpRemoved: 's',
  /** path of a file that /tmp held at the start: gives its bytes as an ArrayBuffer */
  tmpBytes: 's',
  /** Bytes of memory in use */
  memoryUsed: '',
} as const;

export type HostFunctionName = keyof typeof HOST_FUNCTIONS;
export const HOST_FUNCTION_NAMES = Object.keys(HOST_FUNCTIONS) as HostFunctionName[];

/** Entry points that the guest runtime gives to the host. */
export const GUEST_FUNCTIONS = [
  'boot',
  'init',
  'hasLookedAtItself',
  'personalise',
  'invoke',
  'resume',
  'fireTimer',
  'runTicks',
  'rejected',
  'idle',
  'makeError',
] as const;
export type GuestFunctionName = (typeof GUEST_FUNCTIONS)[number];
