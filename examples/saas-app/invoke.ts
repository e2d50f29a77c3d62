import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Invokes a function of the deployed stack and prints what it returns: `npm run invoke People '{"tenantId":"…"}'`. */
async function main([name, Payload = '{}']: readonly string[]): Promise<void> {
  const { SaasApp } = JSON.parse(readFileSync('outputs.json', 'utf8'));
  const command = new InvokeCommand({ FunctionName: SaasApp[`${name}Function`], Payload });
  const { FunctionError, Payload: result } = await new LambdaClient().send(command);
  console.log(JSON.stringify(JSON.parse(result?.transformToString() || 'null'), undefined, 2));
  if (FunctionError) process.exitCode = 1;
}

main(process.argv.slice(2));
