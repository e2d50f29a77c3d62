/** The shapes of what a request may carry, as regular expressions: an API token, and an access token of a client. */
const shapes = [
  'sst_[a-z0-9]{12}_[a-z0-9]{12}_[0-9A-Za-z]{49}',
  'sat_[a-z0-9]{12}_[a-z0-9]{12}_[0-9]{10}_(scim|read)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}',
];

/**
 * What an Authorization header looks like, with `Bearer` in any letter case or without it. The gateway refuses any other
 * header with 401 before it runs a function.
 */
export const authorizationPattern = `^ *([Bb][Ee][Aa][Rr][Ee][Rr] +)?(${shapes.join('|')}) *$`;
