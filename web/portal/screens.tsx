import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { Screen } from '../ui/layout';
import { useLocation } from '../ui/location';
import { hrefTo, matchRoute, type Route } from '../ui/router';
import { Tabs } from '../ui/tabs';
import { useAction } from '../ui/use-call';
import { usePortal } from './context';
import { Credentials } from './credentials/credentials';
import { Frame } from './frame';
import { Deleted } from './people/deleted';
import { People } from './people/people';
import { Person } from './people/person';
import { Start } from './start';
import { Status } from './status/status';
import { Steps } from './steps/steps';

type View = (parameters: Readonly<Record<string, string>>) => ComponentChild;

const setupRoutes: readonly Route<View>[] = [
  { pattern: '', screen: () => <Steps /> },
  { pattern: 'start', screen: () => <Start /> },
  { pattern: 'status', screen: () => <Status /> },
  { pattern: 'credentials', screen: () => <Credentials /> },
];

const peopleRoutes: readonly Route<View>[] = [
  { pattern: 'people', screen: () => <People /> },
  { pattern: 'people/deleted', screen: () => <Deleted /> },
  { pattern: 'people/:id', screen: ({ id = '' }) => <Person key={id} id={id} /> },
];

/** The screens of a session: the first visit begins with the choice of the identity provider. */
export function Screens() {
  const { session } = usePortal();
  const { path } = useLocation();
  const routes = session.scope === 'manage' ? [...setupRoutes, ...peopleRoutes] : setupRoutes;
  const found = matchRoute(routes, path);
  const isStart = path[0] === 'start' || (path.length === 0 && !session.setup.provider);
  const wide = !isStart;
  return (
    <Frame brand={session} wide={wide} aside={<Aside />} returnUrl={session.returnUrl}>
      {session.setup.provider && <Navigation current={path[0] ?? ''} />}
      {found ? <div key={path.join('/')}>{isStart ? <Start /> : found.screen(found.parameters)}</div> : <NotFound />}
    </Frame>
  );
}

function Navigation({ current }: { readonly current: string }) {
  const { session } = usePortal();
  const tabs = [
    ['', 'Steps'],
    ['status', 'Status'],
    ['credentials', 'Credentials'],
    ...(session.scope === 'manage' ? [['people', 'People'] as const] : []),
  ] as const;
  return (
    <Tabs
      label="Screens"
      tabs={tabs.map(([path, label]) => ({
        label,
        href: hrefTo(path ? [path] : []),
        isCurrent: current === path || (path === '' && current === 'start'),
      }))}
    />
  );
}

function Aside() {
  const { session, leave } = usePortal();
  const leaving = useAction(leave);
  const [asks, setAsks] = useState(false);
  return (
    <>
      <span class="aside-customer">{session.customer}</span>
      <Button kind="quiet" onClick={() => setAsks(true)}>
        Sign out
      </Button>
      {asks && (
        <ConfirmDialog
          title="Sign out for good?"
          confirm="Sign out for good"
          busy={leaving.running}
          error={leaving.error}
          onConfirm={() => leaving.run()}
          onClose={() => setAsks(false)}
        >
          <p>
            Your link works only once: to come back, you need a new one from {session.operatorName}. For a break, close
            this page instead: within 24 hours you can come back in this browser.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function NotFound() {
  return (
    <Screen title="There is no such page">
      <p>
        <a href="#/">Go to the steps</a>
      </p>
    </Screen>
  );
}
