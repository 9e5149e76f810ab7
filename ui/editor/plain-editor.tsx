// A text area that colours its code. Tab indents until Escape is pressed; then the next Tab moves the focus on.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './code.module.css';
import { CodeLines } from './code-view';
import { languageOf } from './highlight';
import { indent } from './indent';

export interface PlainEditorProps {
  path: string;
  value: string;
  onChange(value: string): void;
  readOnly?: boolean;
  faultLine?: number | null;
  /** Takes the focus when it appears: the learner has just asked to edit. */
  takeFocus?: boolean;
  /** At the end of the row below the code. */
  aside?: ReactNode;
}

export function PlainEditor({ path, value, onChange, readOnly = false, faultLine = null, takeFocus = false, aside }: PlainEditorProps) {
  const hintId = useId();
  const escaped = useRef(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takeFocus) area.current?.focus();
  }, [takeFocus]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') {
      escaped.current = true;
      return;
    }
    if (event.key !== 'Tab') {
      if (event.key !== 'Shift') escaped.current = false;
      return;
    }
    if (escaped.current || readOnly || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const typed = event.currentTarget;
    const change = indent(typed.value, typed.selectionStart, typed.selectionEnd, event.shiftKey);
    typed.setSelectionRange(change.from, change.to);
    // Typing keeps the browser's own undo history, which assigning a value would drop.
    if (
      change.text === ''
        ? change.from !== change.to && document.execCommand('delete')
        : document.execCommand('insertText', false, change.text)
    ) {
      typed.setSelectionRange(change.selectionStart, change.selectionEnd);
    }
  };
  return (
    <>
      <div className={styles.layers}>
        <div className={styles.sizer}>
          <pre aria-hidden="true">
            <code>
              <CodeLines code={value} language={languageOf(path)} faultLine={faultLine} />
            </code>
          </pre>
          <textarea
            aria-label={`Code of ${path}`}
            aria-describedby={hintId}
            value={value}
            readOnly={readOnly}
            ref={area}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={() => {
              escaped.current = false;
            }}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            wrap="off"
          />
        </div>
      </div>
      <div className={styles.hint}>
        <span id={hintId}>
          <kbd>Tab</kbd> indents. Press <kbd>Esc</kbd>, then <kbd>Tab</kbd>, to leave the code.
        </span>
        {aside}
      </div>
    </>
  );
}
