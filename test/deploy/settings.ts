import { emulatedBaseUrl } from '../../emulator/base-url';
import type { Place } from './place';

type Settings = Readonly<Record<string, string>>;

/**
 * Everything that a test creates must be deletable, including its data; in an emulator it is deleted with the emulator.
 */
export function removable({ endpoint }: Place): Settings {
  return endpoint ? {} : { removalPolicy: 'destroy', deletionProtection: 'false' };
}

/** The Base URL that `scim-admin` prints for an emulator, so that responses name it too. */
export function addressed({ endpoint }: Place): Settings {
  return endpoint ? { publicBaseUrl: emulatedBaseUrl(endpoint) } : {};
}
