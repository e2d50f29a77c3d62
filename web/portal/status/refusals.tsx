import type { Refusals } from '../../api/portal';
import { Moment } from '../../ui/moment';
import { Notice } from '../../ui/notice';

/** Requests that were refused because of their credential, each kind with what to do. */
export function RefusalList({ refusals }: { readonly refusals: readonly Refusals[] }) {
  return (
    <>
      {refusals.map(({ cause, remedy, count, last, credential }) => (
        <Notice key={cause + credential} tone="bad" title={cause}>
          <p>{remedy}</p>
          <p class="hint">
            {count === 1 ? 'Once' : `${count} times`}, last <Moment at={last} />
            {credential && `, with ${credential}`}
          </p>
        </Notice>
      ))}
    </>
  );
}
