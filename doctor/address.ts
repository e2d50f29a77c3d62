import type { Check, Verdict } from './verdict';

const title = 'Base URL';

/** Checks the form of a Base URL. If it is not a URL, that is the only check. */
export function checkAddress(text: string): readonly Check[] {
  if (!URL.canParse(text) || !/^https?:\/\//.test(text)) {
    return [
      check(
        'is a URL',
        'failed',
        [`"${text}" is not a URL`],
        'Every identity provider needs one.',
        'Paste the Base URL as printed: https://…/scim/v2.',
      ),
    ];
  }
  const url = new URL(text);
  return [
    checkScheme(url),
    ...shapes.map(({ name, wrong, matters, cure }) => {
      const found = wrong(text, url);
      return check(name, found ? 'failed' : 'ok', found ? [found] : [], matters, cure);
    }),
  ];
}

interface Shape {
  readonly name: string;
  readonly wrong: (text: string, url: URL) => string | undefined;
  readonly matters: string;
  readonly cure: string;
}

const shapes: readonly Shape[] = [
  {
    name: 'ends without a slash',
    wrong: (text) => (text.endsWith('/') ? 'it ends with /' : undefined),
    matters: 'Okta refuses it ("Does not match required pattern"), or requests //Users.',
    cure: 'Remove the slash.',
  },
  {
    name: 'has no underscore',
    wrong: (text, url) => (withoutEmulator(text, url).includes('_') ? 'it has an underscore' : undefined),
    matters: "Okta's custom apps refuse it.",
    cure: 'Use a host name and a path without underscores.',
  },
  {
    name: 'has no query, fragment or password',
    wrong: (_, { search, hash, username, password }) => {
      return search || hash || username || password ? 'it has one of them' : undefined;
    },
    matters:
      'Identity providers append /Users to it. (Only Entra accepts a flag such as ?aadOptscim062020, in its own field.)',
    cure: 'Remove it.',
  },
  {
    name: 'has at most 1,024 characters',
    wrong: ({ length }) => (length > 1024 ? `it has ${length}` : undefined),
    matters: "Okta's field has this limit.",
    cure: 'Use a shorter one.',
  },
];

const isLoopback = ({ hostname }: URL) => /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);

/** The emulators of AWS have an underscore in the path of every API. No identity provider can reach one on this machine. */
function withoutEmulator(text: string, url: URL): string {
  return isLoopback(url) ? text.replace('/_user_request_/', '/') : text;
}

/** Plain HTTP is only for tests on this machine. */
function checkScheme(url: URL): Check {
  const matters = 'Okta and Entra accept https only; over http the token can be read on the network.';
  if (url.protocol === 'https:') return check('is https', 'ok', [], matters, '');
  const loopback = isLoopback(url);
  return check(
    'is https',
    loopback ? 'note' : 'failed',
    [loopback ? 'it is http, which is acceptable on this machine only' : 'it is http'],
    matters,
    loopback ? 'Use the deployed endpoint, or a tunnel with https, for a real identity provider.' : 'Use https.',
  );
}

function check(name: string, verdict: Verdict, found: readonly string[], matters: string, cure: string): Check {
  return { title, name, verdict, found, matters, cure };
}
