import { type Command, Option } from 'commander';
import { listActivity } from './activity/list';
import { recordBodies } from './activity/record';
import { showRequest } from './activity/show';
import { onDeployment, type Shell } from './command';
import { parseSince, parseSpan } from './duration';

/** `activity <tenant>`, `activity show|record`. */
export function activityCommands(program: Command, shell: Shell): void {
  const activity = program
    .command('activity')
    .argument('<tenant>', 'id or label')
    .description('what identity providers and operators did to a tenant, what failed, and what to do about it')
    .enablePositionalOptions()
    .option('--failed', 'only requests that failed')
    .addOption(new Option('--user <user>', 'only what concerns a user (id or userName)').conflicts('group'))
    .option('--group <group>', 'only what concerns a group (id or displayName)')
    .option('--credential <credential>', 'only what this credential did (id or label)')
    .option(
      '--since <time>',
      'from this time on, such as 2h, 7d or 2026-11-27T03:00 (default: the last 100)',
      parseSince,
    )
    .option('--follow', 'then wait for more, until Ctrl-C')
    .addOption(new Option('--csv', 'print a table for spreadsheets').conflicts('json'))
    .addOption(
      new Option(
        '--refused',
        'credentials that were refused (401), from the log (default: of the last hour)',
      ).conflicts(['failed', 'user', 'group', 'follow', 'csv']),
    )
    .addHelpText(
      'after',
      `
The newest row is the last. Times are local. Rows of changes come a few seconds
after the request. --json prints one JSON object per line; --json and --csv
without --since print everything that is kept. docs/activity.md explains the
rows.

Examples:
  npx scim-admin activity acme --user anna@example.com
  npx scim-admin activity acme --failed --since 24h
  npx scim-admin activity acme --since 90d --csv > acme.csv
  npx scim-admin activity show JKJaXmPLvHcESHA=`,
    );
  onDeployment(shell, activity, listActivity);

  const showing = activity
    .command('show <request-id>')
    .description("everything about one request; its id ends an error's detail");
  onDeployment(shell, showing, showRequest);

  const recording = activity
    .command('record <tenant>')
    .description("record the bodies of a tenant's requests for some time")
    .addOption(new Option('--for <time>', 'how long, such as 2h; at most 7d').argParser(parseSpan).conflicts('stop'))
    .option('--stop', 'stop it now')
    .addHelpText(
      'after',
      `
Bodies hold personal data. Passwords and tokens are left out, and what is longer
than 32 KB is cut. "activity show" shows them.

Example:
  npx scim-admin activity record acme --for 2h`,
    );
  onDeployment(shell, recording, recordBodies);
}
