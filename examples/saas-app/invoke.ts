import { existsSync, readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const outputs = 'outputs.json';

/** Invokes a function of the deployed stack and prints what it returns: `npm run invoke People '{"tenantId":"…"}'`. */
async function main([name, Payload = '{}']: readonly string[]): Promise<void> {
  if (!existsSync(outputs)) throw new Error(`There is no ${outputs}: deploy first, with "npm run deploy".`);
  const { [`${name}Function`]: FunctionName } = JSON.parse(readFileSync(outputs, 'utf8')).SaasApp;
  if (!FunctionName) throw new Error(`There is no function ${name}: use EnableScim, People or EndSessions.`);
  const command = new InvokeCommand({ FunctionName, Payload });
  const { FunctionError, Payload: result } = await new LambdaClient().send(command);
  console.log(JSON.stringify(JSON.parse(result?.transformToString() || 'null'), undefined, 2));
  if (FunctionError) process.exitCode = 1;
}

main(process.argv.slice(2)).catch(({ message }: Error) => {
  console.error(message);
  process.exitCode = 1;
});
