import type { Settings } from '../api/console/settings';

/** What every screen of a tenant gets: the tenant, its settings, and how to read them again after a change. */
export interface TenantProps {
  readonly tenant: string;
  readonly settings: Settings;
  readonly reload: () => void;
}

/** What a dialog about credentials gets. */
export interface DialogProps {
  readonly tenant: string;
  readonly baseUrl: string;
  /** The id of the token or client that it is about. */
  readonly about: string;
  /** The id of a part of a client. */
  readonly part?: string | undefined;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}
