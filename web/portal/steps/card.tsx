import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';

/** Whether a step is open and ticked, and what changes that. */
export interface CardState {
  readonly isOpen: boolean;
  readonly isDone: boolean;
  readonly onToggle: () => void;
  readonly onTick: (ticked: boolean) => void;
}

interface CardProps extends CardState {
  readonly title: string;
  /** The number of the step; nothing for what stands before the first one. */
  readonly number?: number;
  /** What the button says that ticks it. */
  readonly next: string;
  /** Whether it can be ticked. */
  readonly isReady?: boolean;
  /** What was answered, shown when it is closed. */
  readonly answer?: string | undefined;
  readonly children: ComponentChildren;
}

/** A step that opens and closes. When it opens because the one before it was ticked, it comes into view with the focus. */
export function Card({
  title,
  number,
  next,
  isReady = true,
  answer,
  isOpen,
  isDone,
  onToggle,
  onTick,
  children,
}: CardProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    const tickedBefore = !isFirst.current && isOpen && document.activeElement === document.body;
    isFirst.current = false;
    if (!tickedBefore) return;
    button.current?.focus({ preventScroll: true });
    button.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li class={`step${isDone ? ' step-done' : ''}`}>
      <h2 class="step-title">
        <button ref={button} type="button" aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
          <span class="step-number" aria-hidden="true">
            {isDone ? <Icon name="check" /> : (number ?? <Icon name="info" />)}
          </span>
          <span class="step-name">
            {number !== undefined && <span class="visually-hidden">Step {number}: </span>}
            {title}
            {isDone && <span class="visually-hidden">, done</span>}
            {!isOpen && answer && <span class="step-answer">{answer}</span>}
          </span>
          <span class="step-chevron">
            <Icon name="chevron" />
          </span>
        </button>
      </h2>
      <div id={id} class="step-body" hidden={!isOpen}>
        {isOpen && children}
        {isOpen && (
          <div class="step-actions">
            {isDone ? (
              <Button onClick={() => onTick(false)}>Not done yet</Button>
            ) : (
              <Button kind="primary" disabled={!isReady} onClick={() => onTick(true)}>
                {next}
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
