// Which Node.js runs this. Written in plain old syntax, because the Node.js that is too old must be able to read it.

/**
 * @param {string} version process.versions.node
 * @returns {string | null} the sentence for a version that cannot run the site
 */
export function nodeVersionProblem(version) {
  var parts = version.split('.').map(Number);
  var major = parts[0] || 0;
  var minor = parts[1] || 0;
  var fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (fits) return null;
  return (
    'Coldstart needs Node.js 20.19+, 22.12+ or 24+, and this is ' +
    version +
    ': install a newer one from https://nodejs.org and start again.'
  );
}
