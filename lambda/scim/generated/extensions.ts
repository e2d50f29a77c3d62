import type { Extension } from '../schema/extension';

/** A deployer's schema extensions: none here. A deployment has its own module, beside the bundles that require it. */
export const extensions: readonly Extension[] = [];
