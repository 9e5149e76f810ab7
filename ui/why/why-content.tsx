// The answer to "Why?" as a small document. Loaded when it is first asked: it brings all of `sim/explain`.
import { useEffect, useMemo, useRef } from 'react';
import { describeFact } from '@/sim/explain/describe';
import { explain } from '@/sim/explain/explain';
import type { Step } from '@/sim/explain/explanation';
import type { Fact } from '@/sim/kernel/fact';
import { asksWhy } from '@/ui/timeline/asks-why';
import { formatClock } from '@/ui/timeline/clock';
import { Parts } from '@/ui/timeline/explanation';
import { partsOf } from '@/ui/timeline/sentence';
import { factAt } from '@/ui/timeline/steps';
import { type PolicyStep, PolicyTree } from './policy-tree';
import { type StepNode, treeOf } from './step-tree';
import styles from './why.module.css';
import { changeHeading, SUBJECT_WORDS, toneOf, VERDICT_WORDS } from './why-words';

export interface WhyContentProps {
  facts: readonly Fact[];
  seq: number;
  cursor: number;
  titleId: string;
  onCursor(seq: number): void;
  onWhy(seq: number): void;
}

export function WhyContent({ facts, seq, cursor, titleId, onCursor, onWhy }: WhyContentProps) {
  const title = useRef<HTMLHeadingElement>(null);
  const told = useMemo(() => explain({ trace: facts }, seq), [facts, seq]);
  const tree = useMemo(() => treeOf(told.steps), [told]);
  // The reader begins at the answer, whether by eye or by ear.
  useEffect(() => title.current?.focus(), []);
  const at = facts[seq]?.at ?? 0;
  const { next } = told;
  const nextFact = next && (facts.at(-1)?.at ?? 0) >= next.atMs ? factAt(facts, next.atMs) : null;
  const others = told.evidence.filter((each) => each !== seq);
  return (
    <article className={styles.content}>
      <p className={styles.kind} data-tone={toneOf(told.subject)}>
        <b>{SUBJECT_WORDS[told.subject]}</b> at {formatClock(at)}, <FactLink seq={seq} cursor={cursor} onCursor={onCursor} />
      </p>
      <h2 id={titleId} ref={title} tabIndex={-1}>
        <Text text={told.title} />
      </h2>
      {tree.length > 0 && (
        <section aria-label="How it was decided">
          <h3>{told.subject === 'denial' ? 'How IAM decided' : 'Step by step'}</h3>
          <ol className={styles.steps}>
            {tree.map((node) => (
              <StepItem key={node.id} node={node} cursor={cursor} onCursor={onCursor} />
            ))}
          </ol>
        </section>
      )}
      {next && (
        <section aria-label="What happens next">
          <h3>Next</h3>
          <p>
            At {formatClock(next.atMs)}: <Text text={next.text} />{' '}
            {nextFact !== null && (
              <button type="button" onClick={() => onCursor(nextFact)}>
                Go there
              </button>
            )}
          </p>
        </section>
      )}
      {told.change && told.change.length > 0 && (
        <section aria-label="What would have changed it">
          <h3>{changeHeading(told)}</h3>
          <ul className={styles.changes}>
            {told.change.map((change) => (
              <li key={change.text}>
                <Text text={change.text} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="What led here">
        <h3>What led here</h3>
        <ol className={styles.chain}>
          {told.chain.map((link) => (
            <li key={link.seq} data-now={link.seq === cursor ? '' : undefined}>
              <FactLink seq={link.seq} cursor={cursor} onCursor={onCursor} />
              <span>
                <Text text={link.text} /> {link.seq !== seq && <Ask facts={facts} seq={link.seq} onWhy={onWhy} />}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {others.length > 0 && (
        <section aria-label="Evidence">
          <h3>The facts that it rests on</h3>
          <ul className={styles.chain}>
            {others.map((each) => (
              <li key={each} data-now={each === cursor ? '' : undefined}>
                <FactLink seq={each} cursor={cursor} onCursor={onCursor} />
                <span>
                  <FactText facts={facts} seq={each} /> <Ask facts={facts} seq={each} onWhy={onWhy} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

function Text({ text }: { text: string }) {
  return <Parts parts={partsOf(text)} onFact={nowhere} />;
}

/** These sentences hold no links of their own. */
function nowhere(): void {}

function FactText({ facts, seq }: { facts: readonly Fact[]; seq: number }) {
  const fact = facts[seq];
  return fact ? <Text text={describeFact(facts, fact)} /> : null;
}

function FactLink({ seq, cursor, onCursor }: { seq: number; cursor: number; onCursor(seq: number): void }) {
  return (
    <button type="button" className={styles.fact} onClick={() => onCursor(seq)} aria-current={seq === cursor ? 'true' : undefined}>
      <span className="visually-hidden">Go to </span>fact {seq}
    </button>
  );
}

function Ask({ facts, seq, onWhy }: { facts: readonly Fact[]; seq: number; onWhy(seq: number): void }) {
  const fact = facts[seq];
  if (!fact || asksWhy(fact) === null) return null;
  return (
    <button type="button" onClick={() => onWhy(seq)}>
      Why?<span className="visually-hidden"> Fact {seq}</span>
    </button>
  );
}

interface StepItemProps {
  node: StepNode;
  cursor: number;
  onCursor(seq: number): void;
}

function StepItem({ node, cursor, onCursor }: StepItemProps) {
  const { step, details } = node;
  const { sign, word } = VERDICT_WORDS[step.verdict];
  const policy = policyOf(step);
  return (
    <li data-verdict={step.verdict}>
      <span className={styles.sign} aria-hidden="true">
        {sign}
      </span>
      <div>
        <span className={styles.verdict}>{word}</span> <Text text={step.text} />{' '}
        {step.facts?.map((seq) => (
          <FactLink key={seq} seq={seq} cursor={cursor} onCursor={onCursor} />
        ))}
        {policy && step.verdict === 'pass' && (
          <details>
            <summary>Its statements</summary>
            <PolicyTree {...policy} />
          </details>
        )}
        {policy && step.verdict !== 'pass' && <PolicyTree {...policy} />}
        {/* The tree of the policies says the same as these, and more. */}
        {!policy && details.length > 0 && (
          <ol className={styles.steps}>
            {details.map((detail) => (
              <StepItem key={detail.id} node={detail} cursor={cursor} onCursor={onCursor} />
            ))}
          </ol>
        )}
      </div>
    </li>
  );
}

/** Null where a step is not about policies, or about a type that holds none. */
function policyOf({ data }: Step): PolicyStep | null {
  return Array.isArray(data.policies) && data.policies.length > 0 ? (data as unknown as PolicyStep) : null;
}
