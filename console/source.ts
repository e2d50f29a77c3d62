import type { Deployment } from '../operator/connection/open';
import type { Place } from '../web/api/console/tenants';

/** What a console works on: a deployment, to which it connects when the first call comes. */
export interface Source {
  readonly place: Place;
  readonly deployment: () => Promise<Deployment>;
  /** Forgets the connection, with the credentials that it has; the next call connects again. */
  readonly disconnect: () => void;
}

/** Makes a source that connects once, and again after `disconnect`. */
export function sourceOf(place: Place, connect: () => Promise<Deployment>): Source {
  let open: Promise<Deployment> | undefined;
  const disconnect = () => {
    const closing = open;
    open = undefined;
    closing?.then(
      (deployment) => deployment.close(),
      () => undefined,
    );
  };
  const deployment = () => {
    open ??= connect();
    open.catch(disconnect);
    return open;
  };
  return { place, deployment, disconnect };
}
