// Applies the remembered theme before the first paint. Inline, so its hash belongs in the Content-Security-Policy.

export const themeStorageKey = 'coldstart.theme';

/** Written without characters that HTML would escape, so that it can be a script element's text. */
export const themeScript = `try{var t=localStorage.getItem(\`${themeStorageKey}\`);if(t===\`light\`||t===\`dark\`)document.documentElement.dataset.theme=t}catch(e){}`;
