// Code to read: coloured, with one line marked when it is where something went wrong. Rendered on the server as well.
import { Fragment } from 'react';
import styles from './code.module.css';
import { type CodeLanguage, highlight } from './highlight';

export interface CodeViewProps {
  code: string;
  language: CodeLanguage;
  /** From 1. */
  faultLine?: number | null;
}

export function CodeLines({ code, language, faultLine = null }: CodeViewProps) {
  return highlight(code, language).map((line) => {
    const isFault = faultLine === line.number;
    const content = line.tokens.map((token, place) => {
      const key = `${place} ${token.text}`;
      return token.kind === 'plain' ? (
        <Fragment key={key}>{token.text}</Fragment>
      ) : (
        <span key={key} className={styles[token.kind]}>
          {token.text}
        </span>
      );
    });
    return (
      <span key={line.number} className={styles.line} data-fault={isFault ? '' : undefined}>
        {content}
      </span>
    );
  });
}

/** What scrolls must be reachable by keyboard: WCAG 2.1.1. */
const scrollable = { tabIndex: 0 };

export function CodeView(props: CodeViewProps) {
  return (
    <pre className={styles.code} {...scrollable}>
      <code>
        <CodeLines {...props} />
      </code>
    </pre>
  );
}
