import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Session } from '../api/console/tenants';
import { CallError } from '../ui/call';
import { Screen, Shell } from '../ui/layout';
import { useLocation } from '../ui/location';
import { logo } from '../ui/logo';
import { Empty, ErrorNotice, Notice, RemedyLinks, Skeleton } from '../ui/notice';
import { hrefTo, matchRoute, type Route } from '../ui/router';
import { SessionContext, useConsole } from './api';
import { remedyPlace } from './places';
import { CreateTenant } from './tenants/create-tenant';
import { Tenant } from './tenants/tenant';
import { Tenants } from './tenants/tenants';

interface ScreenProps {
  readonly tenant: string;
  readonly tab: string;
  readonly id?: string;
}

const routes: readonly Route<ComponentType<ScreenProps>>[] = [
  { pattern: '', screen: Tenants },
  { pattern: 'new', screen: CreateTenant },
  { pattern: 'tenants/:tenant', screen: Tenant },
  { pattern: 'tenants/:tenant/:tab', screen: Tenant },
  { pattern: 'tenants/:tenant/:tab/:id', screen: Tenant },
];

/** The operator's console. */
export function App() {
  const session = useConsole('session.get', {});
  return (
    <RemedyLinks.Provider value={remedyPlace}>
      <Shell brand={<Home />} aside={session.value && <Where session={session.value} />}>
        {session.value && (
          <SessionContext.Provider value={session.value}>
            <Routed />
          </SessionContext.Provider>
        )}
        {session.error && !session.value && <CannotOpen error={session.error} retry={session.reload} />}
        {session.loading && !session.value && !session.error && <Skeleton lines={6} />}
      </Shell>
    </RemedyLinks.Provider>
  );
}

function Routed() {
  const { path } = useLocation();
  const route = matchRoute(routes, path);
  const { tenant = '', tab = 'overview', id } = route?.parameters ?? {};
  // Another screen begins at its top; a filter or an opened row of the same screen stays where it is.
  const place = path.join('/');
  useEffect(() => window.scrollTo(0, 0), [place]);
  if (!route) return <NotFound />;
  const { screen: Found } = route;
  return <Found tenant={tenant} tab={tab} {...(id !== undefined && { id })} />;
}

function Home() {
  return (
    <a href={hrefTo([])}>
      <svg class="logo" viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d={logo} />
      </svg>
      serverless-scim
    </a>
  );
}

/** The deployment that the console works on: nobody should take one for another. */
function Where({ session }: { readonly session: Session }) {
  const { aws, local } = session.place;
  const where = aws ? `${aws.stack} · ${aws.account} · ${aws.region}` : (local?.url ?? '');
  return (
    <>
      <span class="where-kind">{aws && !aws.emulator ? 'AWS' : 'Local'}</span>
      <span class="where" title={aws?.identity ?? local?.folder ?? where}>
        {where}
      </span>
    </>
  );
}

function CannotOpen({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  if (error instanceof CallError && error.code === 'secret') {
    return (
      <Screen title="Open the console by its address" of="serverless-scim">
        <Notice tone="warning" title="This tab has no access.">
          Copy the address that the program printed in the terminal, and open it here. It ends with a secret that is new
          each time the program starts.
        </Notice>
      </Screen>
    );
  }
  return (
    <Screen title="The console cannot start" of="serverless-scim">
      <ErrorNotice error={error} retry={retry} />
    </Screen>
  );
}

function NotFound() {
  return (
    <Screen title="There is no such screen" of="serverless-scim">
      <Empty title="The address leads nowhere." action={<a href={hrefTo([])}>Go to the tenants</a>} />
    </Screen>
  );
}
