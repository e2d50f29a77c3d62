import type { Guide } from '../../../guides/guide';
import { usePortal } from '../context';
import { SupportLink } from '../frame';
import { nameOf } from '../guides';
import { Words } from '../words';
import { Card, type CardState } from './card';

/** What to know before the first step. */
export function Before({ guide, ...state }: CardState & { readonly guide: Guide }) {
  const { session } = usePortal();
  const { need, existing, removal, stop, waiting } = guide.before;
  return (
    <Card title="Before you begin" next="Begin" {...state}>
      <h3>What you need</h3>
      <ul class="points">
        {need.map((text) => (
          <li key={text}>
            <Words text={text} />
          </li>
        ))}
      </ul>
      <Paragraph title={`What happens to people who are in ${session.productName} already`} sentences={existing} />
      <Paragraph title="What a removal does" sentences={removal} />
      <Paragraph title="How long it takes to arrive" sentences={[waiting]} />
      <Paragraph title="How to stop" sentences={stop} />
      <h3>Whom to call</h3>
      <p>
        For questions about {session.productName}, or about an error that names no remedy:{' '}
        <SupportLink brand={session} />. For questions about {nameOf(guide)}: its own support.
      </p>
    </Card>
  );
}

function Paragraph({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  return (
    <>
      <h3>{title}</h3>
      <p>
        <Words text={sentences.join(' ')} />
      </p>
    </>
  );
}
