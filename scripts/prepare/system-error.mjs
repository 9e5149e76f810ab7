// An error of the operating system as one sentence that says what to do.
import { Problem } from '../../server/database/problem.mjs';

/**
 * @param {unknown} error
 * @param {string} folder where the project is
 * @returns {unknown} a Problem for what an operator can mend, the error itself otherwise
 */
export function explainSystemError(error, folder) {
  if (error instanceof Problem) return error;
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  const sentence = systemErrorSentence(code ?? '', path ?? folder, folder);
  return sentence ? new Problem(sentence, { cause: error }) : error;
}

/**
 * @param {string} code
 * @param {string} path
 * @param {string} folder
 */
export function systemErrorSentence(code, path, folder) {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `There is no permission to write ${path}: give the folder ${folder} to the account that runs this (chown -R), or start from an account that may write there.`;
    case 'EROFS':
      return `${path} is on a read-only disk: copy the project to one that can be written, or set COLDSTART_DATA to a folder that can.`;
    case 'ENOSPC':
      return `The disk of ${folder} is full: free about 2 GB and start again.`;
    case 'EDQUOT':
      return `The disk quota of ${folder} is used up: free about 2 GB and start again.`;
    case 'EMFILE':
    case 'ENFILE':
      return 'This system allows too few open files: raise the limit (ulimit -n 4096) and start again.';
    case 'ENOMEM':
      return 'There is too little memory: give this machine or container at least 2 GB to build, 512 MB to serve, and start again.';
    default:
      return null;
  }
}
