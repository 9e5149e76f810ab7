// The code editor of a lab: one Monaco, a model for each file. Loaded only where it is used.

import type { editor as MonacoEditors } from 'monaco-editor/editor';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './monaco.module.css';
import { monaco } from './monaco-setup';
import { applyTheme, watchTheme } from './monaco-theme';

/** A line that the latest run complains about. */
export interface LineNote {
  path: string;
  line: number;
  message: string;
}

export interface MonacoEditorProps {
  files: Record<string, string>;
  path: string;
  readOnly: boolean;
  /** Changes when the texts come from elsewhere than this editor. */
  replaced: number;
  notes: readonly LineNote[];
  onChange(path: string, text: string): void;
  /** At the end of the row below the code. */
  aside?: ReactNode;
  /** Ctrl+Enter, or Command+Enter on a Mac. */
  onRun(): void;
}

function languageIdOf(path: string): string {
  if (/\.[cm]?tsx?$/.test(path)) return 'typescript';
  if (/\.[cm]?jsx?$/.test(path)) return 'javascript';
  if (path.endsWith('.json')) return 'json';
  return /\.ya?ml$/.test(path) ? 'yaml' : 'plaintext';
}

export function MonacoEditor({ files, path, readOnly, replaced, notes, aside, onChange, onRun }: MonacoEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const models = useRef(new Map<string, MonacoEditors.ITextModel>());
  const [editor, setEditor] = useState<MonacoEditors.IStandaloneCodeEditor | null>(null);
  const [tabMoves, setTabMoves] = useState(false);
  const handlers = useRef({ onChange, onRun });
  handlers.current = { onChange, onRun };
  const first = useRef({ files, path, readOnly });

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    applyTheme(monaco.editor);
    const opened = models.current;
    for (const [name, text] of Object.entries(first.current.files)) {
      const model = monaco.editor.createModel(text, languageIdOf(name), monaco.Uri.file(`/${name}`));
      model.updateOptions({
        tabSize: 2,
        insertSpaces: true,
        bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
      });
      model.onDidChangeContent(() => handlers.current.onChange(name, model.getValue(monaco.editor.EndOfLinePreference.LF)));
      opened.set(name, model);
    }
    const face = getComputedStyle(element).fontFamily;
    const created = monaco.editor.create(element, {
      model: opened.get(first.current.path) ?? null,
      automaticLayout: true,
      minimap: { enabled: false },
      fontFamily: face,
      fontLigatures: false,
      fontSize: 13,
      lineHeight: 21,
      lineNumbersMinChars: 3,
      padding: { top: 10, bottom: 10 },
      scrollBeyondLastLine: false,
      renderLineHighlight: 'line',
      overviewRulerLanes: 0,
      bracketPairColorization: { enabled: false },
      scrollbar: { verticalScrollbarSize: 9, horizontalScrollbarSize: 9, useShadows: false },
      wordWrap: 'on',
      wrappingIndent: 'indent',
      fixedOverflowWidgets: true,
      accessibilitySupport: 'auto',
      ariaLabel: `Code of ${first.current.path}. Press Control and M to let Tab move the focus.`,
      readOnly: first.current.readOnly,
    });
    created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => handlers.current.onRun());
    created.onDidChangeConfiguration((change) => {
      const { tabFocusMode } = monaco.editor.EditorOption;
      if (change.hasChanged(tabFocusMode)) setTabMoves(created.getOption(tabFocusMode));
    });
    const stopTheme = watchTheme(() => applyTheme(monaco.editor));
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts());
    setEditor(created);
    return () => {
      stopTheme();
      created.dispose();
      for (const model of opened.values()) model.dispose();
      opened.clear();
      setEditor(null);
    };
  }, []);

  useEffect(() => {
    const model = models.current.get(path);
    if (!editor || !model) return;
    if (editor.getModel() !== model) editor.setModel(model);
    editor.updateOptions({ readOnly, ariaLabel: `Code of ${path}. Press Control and M to let Tab move the focus.` });
  }, [editor, path, readOnly]);

  const texts = useRef(files);
  texts.current = files;
  useEffect(() => {
    if (!editor || replaced < 0) return;
    // Edits rather than a new value: the learner can undo what came from elsewhere.
    for (const [name, text] of Object.entries(texts.current)) {
      const model = models.current.get(name);
      if (!model || model.getValue(monaco.editor.EndOfLinePreference.LF) === text) continue;
      model.pushStackElement();
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      model.pushStackElement();
    }
  }, [editor, replaced]);

  useEffect(() => {
    for (const [name, model] of models.current) {
      const own = notes.filter((note) => note.path === name && note.line <= model.getLineCount());
      const markers = own.map((note) => ({
        severity: monaco.MarkerSeverity.Error,
        message: note.message,
        source: 'last run',
        startLineNumber: note.line,
        endLineNumber: note.line,
        startColumn: model.getLineFirstNonWhitespaceColumn(note.line) || 1,
        endColumn: model.getLineMaxColumn(note.line),
      }));
      if (editor) monaco.editor.setModelMarkers(model, 'last run', markers);
    }
  }, [editor, notes]);

  const toggleTab = () => {
    editor?.trigger('button', 'editor.action.toggleTabFocusMode', null);
    editor?.focus();
  };
  return (
    <div className={styles.frame}>
      <div ref={host} className={styles.host} />
      <div className={styles.foot}>
        <button type="button" aria-pressed={tabMoves} onClick={toggleTab}>
          {tabMoves ? 'Tab moves the focus' : 'Tab indents'}
        </button>
        <span>
          <kbd>Ctrl</kbd> <kbd>M</kbd> switches, <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs
        </span>
        {aside}
      </div>
    </div>
  );
}
