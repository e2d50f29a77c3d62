import { emulatedBaseUrl } from '../../emulator/base-url';
import type { Place } from './place';

type Settings = Readonly<Record<string, string>>;

/** What is made for a test must go again, data and all; in an emulator it goes with the emulator. */
export function removable({ endpoint }: Place): Settings {
  return endpoint ? {} : { removalPolicy: 'destroy', deletionProtection: 'false' };
}

/** The Base URL that `scim-admin` prints for an emulator, so that responses name it too. */
export function addressed({ endpoint }: Place): Settings {
  return endpoint ? { publicBaseUrl: emulatedBaseUrl(endpoint) } : {};
}
