// The runtime of a function: reads invocations from one pipe and writes their results to another, as lines of JSON.
const fs = require('node:fs');
const path = require('node:path');

const { env } = process;
const [, , requests, results] = process.argv;

function send(message) {
  fs.writeSync(Number(results), `${JSON.stringify(message)}\n`);
}

function describe(error) {
  const trace = String(error?.stack ?? '').split('\n');
  return { errorType: error?.name ?? 'Error', errorMessage: error?.message ?? String(error), trace };
}

function load() {
  const dot = env._HANDLER.lastIndexOf('.');
  const module = require(path.join(env.LAMBDA_TASK_ROOT, env._HANDLER.slice(0, dot)));
  return module[env._HANDLER.slice(dot + 1)];
}

async function invoke(handler, line) {
  const call = JSON.parse(line);
  const end = Date.now() + 1000 * Number(env.AWS_LAMBDA_FUNCTION_TIMEOUT);
  env._X_AMZN_TRACE_ID = call['trace-id'];
  const context = {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: call['invoked-function-arn'],
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: call['invoke-id'],
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => end - Date.now(),
  };
  try {
    send({ result: (await handler(JSON.parse(call.payload || 'null'), context)) ?? null });
  } catch (error) {
    console.error(error);
    send({ error: describe(error) });
  }
}

function serve(handler) {
  let rest = '';
  const input = new fs.ReadStream(null, { fd: Number(requests), encoding: 'utf8' });
  input.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) invoke(handler, line);
  });
  // LocalStack has ended.
  input.on('end', () => process.exit());
  send({ ready: true });
}

try {
  serve(load());
} catch (error) {
  send({ error: describe(error) });
  process.exit(1);
}
