const { join } = require('node:path');

// npm runs this in the folder of the package. The registry shows README with its links resolved against `repository`, and
// accepts a provenance statement only for the repository that is named there.
const { name, repository } = require(join(process.cwd(), 'package.json'));

const advice =
  `${name}: package.json has no "repository": without it the links of README do not work on npm, and npm refuses the provenance. ` +
  'Set it: npm pkg set --workspaces --include-workspace-root repository.type=git repository.url=git+https://github.com/<owner>/<name>.git';

if (!repository?.url) {
  console.error(advice);
  if (process.env.npm_config_dry_run !== 'true') process.exitCode = 1;
}
