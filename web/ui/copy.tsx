import { useEffect, useState } from 'preact/hooks';
import { announce } from './announce';
import { Icon } from './icon';

interface CopyProps {
  readonly text: string;
  /** What is copied, for its name: `Copy SCIM endpoint`. */
  readonly what: string;
}

/** Copies a text to the clipboard and says so. */
export function CopyButton({ text, what }: CopyProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? 'Copied' : 'Copy';
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(`${what} copied.`);
    } catch {
      announce(`The browser did not allow copying ${what}. Select the text and copy it.`);
    }
  };
  return (
    <button type="button" class="button button-plain copy" aria-label={`${label} ${what}`} onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span aria-hidden="true">{label}</span>
    </button>
  );
}

/** A value that is copied into another product: its name there, the value, and a copy button. */
export function CopyField({
  name,
  value,
  hint,
}: {
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
}) {
  return (
    <div class="copy-field">
      <span class="copy-field-name">{name}</span>
      <div class="copy-field-row">
        <code class="copy-field-value">{value}</code>
        <CopyButton text={value} what={name} />
      </div>
      {hint && <span class="hint">{hint}</span>}
    </div>
  );
}
