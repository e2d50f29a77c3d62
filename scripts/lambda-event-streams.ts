/*
 * Replaces the SDK's event streams in the bundles; we call no operation that uses them. The client of CloudWatch Logs has
 * one that does, and asks for these when it is made.
 */

/** Leaves the configuration as it is. */
export function resolveEventStreamSerdeConfig<Configuration>(configuration: Configuration): Configuration {
  return configuration;
}

/** Makes nothing that reads event streams. */
export function eventStreamSerdeProvider(): undefined {
  return undefined;
}
