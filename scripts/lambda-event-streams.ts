/** Stands in the bundles for the SDK's event streams, which it imports for operations that nobody here calls. */
export {};
