import { CopyField } from './copy';
import { Notice } from './notice';

interface SecretProps {
  readonly fields: readonly { readonly name: string; readonly value: string; readonly hint?: string }[];
  /** What to know about the secret among them. */
  readonly warning?: string;
}

/** Values of which one is a secret that is shown only now, each with a copy button. */
export function SecretOnce({ fields, warning }: SecretProps) {
  return (
    <div class="secret-once">
      <Notice tone="warning" title="Copy it now: it is shown only once.">
        {warning}
      </Notice>
      {fields.map((field) => (
        <CopyField key={field.name} {...field} />
      ))}
    </div>
  );
}
