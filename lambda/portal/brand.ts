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

/**
 * Reads the file that `PORTAL_SETTINGS` names; a local endpoint has none unless somebody sets it.
 * @throws Error if it cannot be read
 */
export function settingsFromEnvironment(): PortalSettings {
  const { PORTAL_SETTINGS: file } = process.env;
  if (!file) return none;
  try {
    const { brand, returnUrls = [] } = JSON.parse(readFileSync(resolve(__dirname, file), 'utf8')) as PortalSettings;
    return { brand: { ...none.brand, ...brand }, returnUrls };
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The settings of the portal cannot be read (${message}): write them as docs/portal.md shows.`, {
      cause,
    });
  }
}
