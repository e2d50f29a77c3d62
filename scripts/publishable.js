const { repository } = require('../package.json');

// The registry shows README with its links resolved against `repository`, and accepts a provenance statement only for the
// repository that is named there.
const advice =
  'package.json has no "repository": without it the links of README do not work on npm, and npm refuses the provenance. ' +
  'Set it: npm pkg set repository.type=git repository.url=git+https://github.com/<owner>/<name>.git';

if (!repository?.url) {
  console.error(advice);
  if (process.env.npm_config_dry_run !== 'true') process.exitCode = 1;
}
