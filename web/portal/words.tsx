import type { ComponentChildren } from 'preact';
import { usePortal } from './context';
import { fillNames } from './names';

/** A text of a guide: `*words*` of another product's page in bold, values in code, and the names that the operator has set. */
export function Words({ text }: { readonly text: string }) {
  const parts = useNames()(text).split(/(\*[^*]+\*|`[^`]+`)/);
  return (
    <>
      {parts.map((part): ComponentChildren => {
        if (part.startsWith('*')) return <b class="named">{part.slice(1, -1)}</b>;
        if (part.startsWith('`')) return <code>{part.slice(1, -1)}</code>;
        return part;
      })}
    </>
  );
}

/** Puts the names of the product and its operator into a text. */
export function useNames(): (text: string) => string {
  const { session } = usePortal();
  return (text) => fillNames(text, session);
}
