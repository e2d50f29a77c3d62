/** A setting of the SDK: how it is read from the environment, and what it is otherwise. */
interface Setting<Value> {
  readonly environmentVariableSelector: (env: NodeJS.ProcessEnv, options: object) => Value | undefined;
  readonly default: Value | (() => Value | Promise<Value>);
}

/**
 * Replaces the SDK's search for settings in the bundles. A Lambda function has environment variables, but no
 * configuration files, which the SDK would look for at the first request of every cold start.
 */
export function loadConfig<Value>(
  { environmentVariableSelector, default: value }: Setting<Value>,
  options: object = {},
): () => Promise<Value> {
  let found: Promise<Value> | undefined;
  const find = async () =>
    environmentVariableSelector(process.env, options) ?? (value instanceof Function ? await value() : value);
  return () => {
    found ??= find();
    return found;
  };
}
