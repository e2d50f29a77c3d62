import type { Client, ClientPart } from '../../api/console/credentials';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { changeQuery } from '../../ui/location';
import { dateOf } from '../../ui/time';

const kinds: Readonly<Record<ClientPart['kind'], string>> = { secret: 'Secret', key: 'Key', trust: 'Workload' };

/** What a client authenticates with: its secrets with the date each ends, its keys, and the workloads it trusts. */
export function ClientParts({ client: { id: client, parts } }: { readonly client: Client }) {
  const add = (dialog: string) => () => changeQuery({ dialog, about: client }, { replace: false });
  return (
    <>
      <ul class="parts">
        {parts.map(({ id, kind, state, created, expires, what }) => (
          <li key={id}>
            <span>
              {kinds[kind]} <code>{id}</code> {state === 'expired' && <Badge tone="bad">Expired</Badge>}
              <span class="sub">
                {what ?? `Created ${dateOf(Date.parse(created))}`}
                {expires && `, ends ${dateOf(Date.parse(expires))}`}
              </span>
            </span>
            {parts.length > 1 && (
              <Button
                kind="quiet"
                label={`Revoke ${kinds[kind]} ${id}`}
                onClick={() => changeQuery({ dialog: 'revoke-part', about: client, part: id }, { replace: false })}
              >
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
      <span class="actions">
        <Button kind="quiet" icon="plus" onClick={add('add-key')}>
          Add key
        </Button>
        <Button kind="quiet" icon="plus" onClick={add('add-workload')}>
          Add workload
        </Button>
      </span>
    </>
  );
}
