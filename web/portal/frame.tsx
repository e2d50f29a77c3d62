import type { ComponentChildren } from 'preact';
import type { Brand } from '../api/portal';
import { Shell } from '../ui/layout';
import { Skeleton } from '../ui/notice';
import { capital } from './names';

interface FrameProps {
  readonly brand?: Brand | undefined;
  readonly aside?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly wide?: boolean;
  readonly returnUrl?: string | undefined;
}

/** The page around every screen, with the operator's brand as soon as it is known. */
export function Frame({ brand, aside, children, wide = false, returnUrl }: FrameProps) {
  return (
    <Shell
      brand={brand && <Logo brand={brand} />}
      aside={aside}
      narrow={!wide}
      footer={brand && <Support brand={brand} returnUrl={returnUrl} />}
    >
      {children ?? <Skeleton lines={5} />}
    </Shell>
  );
}

function Logo({ brand }: { readonly brand: Brand }) {
  return (
    <>
      {brand.logo && <img class="logo" src={brand.logo} alt="" />}
      <span>{capital(brand.productName)}</span>
    </>
  );
}

/** Whom to call, and the way back. */
function Support({ brand, returnUrl }: { readonly brand: Brand; readonly returnUrl: string | undefined }) {
  const { operatorName, productName, supportUrl } = brand;
  return (
    <div class="support">
      <p>Questions? {supportUrl ? <SupportLink brand={brand} /> : <>Ask {operatorName}, who invited you.</>}</p>
      {returnUrl && <a href={returnUrl}>Back to {productName}</a>}
    </div>
  );
}

/** A link to the operator's support, or the operator's name if there is no address. */
export function SupportLink({ brand }: { readonly brand: Brand }) {
  const { operatorName, supportUrl } = brand;
  if (!supportUrl) return <>{operatorName}</>;
  return (
    <a href={supportUrl} rel="noreferrer noopener" target={supportUrl.startsWith('mailto:') ? undefined : '_blank'}>
      {supportUrl.startsWith('mailto:') ? supportUrl.slice('mailto:'.length).split('?')[0] : `Ask ${operatorName}`}
    </a>
  );
}
