// Monaco in the page's own colours: two themes made from the tokens as the browser resolves them.
import type { editor } from 'monaco-editor/editor';

const TOKEN_COLOURS: Record<string, string> = {
  comment: '--ink-3',
  keyword: '--retry',
  string: '--pass',
  'string.key.json': '--accent',
  'string.value.json': '--pass',
  type: '--accent',
  'string.yaml': '--pass',
  'type.yaml': '--accent',
  'keyword.yaml': '--retry',
  number: '--warm',
  delimiter: '--ink-2',
  'delimiter.bracket': '--ink-2',
  identifier: '--ink',
  tag: '--accent',
};

const PART_COLOURS: Record<string, string> = {
  'editor.background': '--panel',
  'editor.foreground': '--ink',
  'editorLineNumber.foreground': '--ink-3',
  'editorLineNumber.activeForeground': '--ink',
  'editorCursor.foreground': '--ink',
  'editor.lineHighlightBackground': '--sunk',
  'editor.lineHighlightBorder': '--sunk',
  'editorOverviewRuler.border': '--panel',
  'editorStickyScroll.background': '--panel',
  'editorIndentGuide.background1': '--line',
  'editorWidget.background': '--panel',
  'editorWidget.border': '--line-strong',
  'editorWidget.foreground': '--ink',
  'editorSuggestWidget.selectedBackground': '--sunk',
  'editorSuggestWidget.selectedForeground': '--ink',
  'editorSuggestWidget.highlightForeground': '--accent',
  'editorHoverWidget.background': '--panel',
  'editorError.foreground': '--fault',
  'editorWarning.foreground': '--warm',
  'input.background': '--paper',
  'input.foreground': '--ink',
  focusBorder: '--focus',
};

/** `#rrggbb` of a token, as it is in the page's theme now. */
function resolver(): { colour(token: string): string; end(): void } {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  return {
    colour: (token) => {
      probe.style.color = `var(${token})`;
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
      return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
    },
    end: () => probe.remove(),
  };
}

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

export function applyTheme(editors: Pick<typeof editor, 'defineTheme' | 'setTheme'>): void {
  const { colour, end } = resolver();
  const dark = isDark();
  editors.defineTheme('coldstart', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: Object.entries(TOKEN_COLOURS).map(([token, variable]) => ({ token, foreground: colour(variable).slice(1) })),
    colors: Object.fromEntries(Object.entries(PART_COLOURS).map(([part, variable]) => [part, colour(variable)])),
  });
  editors.setTheme('coldstart');
  end();
}

/** Calls back when the page changes its theme. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}
