// What the hostile handlers must come to, where that matters more than being equal everywhere: nothing got out, nothing was believed.

export const OUTCOMES: Record<string, RegExp> = {
  'constructor.constructor reaches only the guest':
    /"result".*\[\\"undefined\\",\\"undefined\\",\\"undefined\\",\\"undefined\\",\\"undefined\\",\\"undefined\\",/,
  'the hidden entry of built-in modules gives nothing but them': /\[\[\\"builtin\\",\\"require\\"\],4,true,true\]/,
  'stack traces show no frame of the runtime': /\[\\"string\\",2,false\]/,
  'callers cannot be reached': /\[\\"TypeError\\",\\"TypeError\\"\]/,
  'symlinks and device files do not exist': /\[(\\"ENOENT\\",){7}(\\"EROFS\\",?){4}\]/,
  'a file that closes its wrapper': /exports is not defined/,
  '__proto__ keys in event and result': /\[\[\\"__proto__\\",\\"constructor\\"\],null,null,/,
  'getters on the result': /Unable to stringify response body/,
  'a result of many megabytes': /Function\.ResponseSizeTooLarge/,
  'an error that cannot be read': /"errorType":"handled"/,
  'a thrown proxy': /"errorType":"handled"/,
  'swallowed out of memory': /^out-of-memory/,
  'finally loop': /^deadline/,
  'top-level await that never settles': /^exited .*code=13/,
  'handler that never settles': /Runtime\.NodeJsExit/,
  'thousands of timers': /More than 5000 timers are pending/,
  'a full /tmp': /ENOSPC/,
  'process.exit in a finally, and work after it': /^exited .*code=3/,
  'context methods after the end': /\\"new\\"/,
  'clock and chance are the world’s': /GMT\+0000.*\\"UTC\\"/,
};
