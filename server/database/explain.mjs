// What PostgreSQL or the operating system printed, as one sentence that says what to do.

/**
 * @param {string} text output of initdb or lines of the server's log
 * @param {{ what: string, folder: string, log?: string }} context what: the sentence's beginning, "The database cannot be started"
 */
export function explainServerText(text, { what, folder, log }) {
  if (/No space left on device|ENOSPC/i.test(text))
    return `${what}, the disk is full: free some space on the disk of ${folder} and start again.`;
  if (/quota exceeded|EDQUOT/i.test(text))
    return `${what}, the disk quota is used up: free some space on the disk of ${folder} and start again.`;
  if (/EACCES|EPERM|Permission denied|Operation not permitted/i.test(text)) {
    return `${what}, permission is denied: allow this account to write to ${folder}, or set DATABASE_URL to a PostgreSQL of yours.`;
  }
  if (/Read-only file system|EROFS/i.test(text))
    return `${what}, ${folder} is read-only: set COLDSTART_DATA to a folder that can be written.`;
  if (/ENOENT|ld-linux|cannot execute|Exec format error|ENOEXEC/i.test(text)) {
    return `${what}, this system cannot run the embedded PostgreSQL (it needs glibc): install PostgreSQL and set DATABASE_URL.`;
  }
  if (/error while loading shared libraries: ([^:\s]+)/.test(text)) {
    const library = /error while loading shared libraries: ([^:\s]+)/.exec(text)?.[1];
    return `${what}, the library ${library} is missing: remove the folder node_modules and run npm start again, or set DATABASE_URL.`;
  }
  if (/could not (create|map|resize|open) .*shared memory|Cannot allocate memory/i.test(text)) {
    return `${what}, there is too little (shared) memory: give this machine or container at least 256 MB, or set DATABASE_URL.`;
  }
  const line = /(?:PANIC|FATAL|initdb: error|ERROR):\s*(.*)/.exec(text)?.[1] ?? text.trim().split('\n').at(-1) ?? '';
  return `${what} (${line.trim() || 'no reason given'})${log ? `: the whole story is in ${log}` : ''}.`;
}
