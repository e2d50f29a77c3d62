import type { Command } from 'commander';
import type { Finding } from '../operator/preflight/finding';
import { preflight } from '../operator/preflight/preflight';
import { printable } from '../operator/printable';
import type { Shell } from './command';
import { completeHints } from './hints';
import { explain } from './mistake';
import { withHint } from './remedy';

const marks = { ok: 'ok       ', note: 'note     ', problem: 'PROBLEM  ', unknown: '?        ' };

/** `preflight`. */
export function preflightCommand(program: Command, shell: Shell): void {
  const command = program
    .command('preflight')
    .description('check that the account and region are ready for a deployment; changes nothing')
    .option('--region <region>', "AWS region (default: the AWS profile's)")
    .option('--json', 'print JSON')
    .addHelpText('after', '\nIt exits with 1 if there is a problem.')
    .action(async ({ region, json }: { readonly region?: string; readonly json?: true }) => {
      const findings = (await preflight(region, explain)).map(({ cure, remedy, ...finding }) => ({
        ...finding,
        ...(cure === undefined ? {} : { cure: completeHints(withHint({ message: cure, remedy }), command) }),
      }));
      shell.show(
        {
          data: findings,
          text: findings.map(describe).join('\n'),
          failed: findings.some(({ verdict }) => verdict === 'problem'),
        },
        json ?? false,
      );
    });
}

function describe({ name, verdict, found, cure }: Finding): string {
  const line = `${marks[verdict]}${name}: ${printable(found)}`;
  return cure === undefined ? line : `${line}\n           do  ${printable(cure)}`;
}
