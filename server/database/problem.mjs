// A failure that an operator can act on: its message is one sentence that says what to do, and is printed without a stack.

export class Problem extends Error {
  /**
   * @param {string} sentence
   * @param {{ cause?: unknown }} [options]
   */
  constructor(sentence, options) {
    super(sentence, options);
    this.name = 'Problem';
  }
}

/**
 * Runs a command and ends the process: a `Problem` prints its sentence, anything else its stack, both with exit code 1.
 * @param {() => Promise<number | void>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = 1;
  }
}
