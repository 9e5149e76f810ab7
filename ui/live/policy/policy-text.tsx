// A policy to read, with the statement that decided marked.

import type { Span } from '@/sim/services/iam/policy/positions';
import code from '@/ui/editor/code.module.css';
import { highlight } from '@/ui/editor/highlight';
import styles from './policy.module.css';

export interface Mark {
  span: Span;
  is: 'allow' | 'deny';
}

/** What scrolls must be reachable by keyboard: WCAG 2.1.1. */
const scrollable = { tabIndex: 0 };

export function PolicyText({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const first = contentLines(text);
  return (
    <pre className={code.code} {...scrollable}>
      <code>
        {highlight(text, 'json').map(({ number, tokens }) => {
          const mark = marks.find(({ span }) => number >= first(span) && number <= span.end.Line);
          return (
            <span key={number} className={`${code.line} ${styles.line}`} data-mark={mark?.is}>
              {mark && number === first(mark.span) && <span className="visually-hidden">The statement that decides: </span>}
              {tokens.map((token, place) => {
                const key = `${place} ${token.text}`;
                return (
                  <span key={key} className={token.kind === 'plain' ? undefined : code[token.kind]}>
                    {token.text}
                  </span>
                );
              })}
            </span>
          );
        })}
      </code>
    </pre>
  );
}

/** A span starts right after the bracket or comma before the statement: its first line may hold nothing of it. */
function contentLines(text: string): (span: Span) => number {
  const lines = text.split('\n');
  return ({ start }) => {
    let number = start.Line;
    let rest = (lines[number - 1] ?? '').slice(start.Column - 1);
    while (/^[\s,]*$/.test(rest) && number < lines.length) {
      number += 1;
      rest = lines[number - 1] ?? '';
    }
    return number;
  };
}
