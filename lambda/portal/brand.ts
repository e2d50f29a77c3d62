import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Brand } from '../../web/api/portal';

/** The brand, and where the page may lead back to: the file that the deployment puts beside the bundle. */
export interface PortalSettings {
  readonly brand: Brand;
  readonly returnUrls: readonly string[];
}

const none: PortalSettings = {
  brand: { productName: 'this application', operatorName: 'its operator' },
  returnUrls: [],
};

/** Reads the file that `PORTAL_SETTINGS` names; a local endpoint has none unless somebody sets it. */
export function settingsFromEnvironment(): PortalSettings {
  const { PORTAL_SETTINGS: file } = process.env;
  return file ? (JSON.parse(readFileSync(resolve(__dirname, file), 'utf8')) as PortalSettings) : none;
}
