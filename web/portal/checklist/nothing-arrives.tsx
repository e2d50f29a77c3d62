import { useEffect, useState } from 'preact/hooks';
import type { Guide } from '../../../guides/guide';
import { Button } from '../../ui/button';
import { Show } from '../../ui/loaded';
import { useLoaded } from '../../ui/use-call';
import { usePortal } from '../context';
import { nameOf } from '../guides';
import { RefusalList } from '../status/refusals';

/** After this time without a call, the page asks by itself what was refused, in milliseconds. */
const patience = 60_000;

/** What to look at while the first call does not come. */
export function NothingArrives({ guide, hasRequest }: { readonly guide: Guide; readonly hasRequest: boolean }) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(true), patience);
    return () => clearTimeout(timer);
  }, []);
  if (hasRequest) return null;
  return asked ? <Refused guide={guide} /> : <Button onClick={() => setAsked(true)}>Nothing arrives?</Button>;
}

function Refused({ guide }: { readonly guide: Guide }) {
  const { call } = usePortal();
  const loaded = useLoaded('refusals', (signal) => call('refusals.list', {}, signal), { every: 10_000 });
  return (
    <Show loaded={loaded} lines={2}>
      {({ refusals }) =>
        refusals.length > 0 ? (
          <RefusalList refusals={refusals} />
        ) : (
          <ul class="points hint">
            <li>
              If {nameOf(guide)} says “unauthorized” or 401, the secret was not pasted as a whole: copy it again, or
              make a new one.
            </li>
            <li>If it says that there is no connection, or 404, compare the URL that you pasted with the one here.</li>
            <li>If it says nothing, press the button that tests the connection once more.</li>
          </ul>
        )
      }
    </Show>
  );
}
