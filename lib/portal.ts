import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** Options for the portal of customers' administrators. */
export interface PortalProps {
  /**
   * Whether to deploy the portal: a page at `/portal` on which the administrator of a customer, invited by a link and a
   * PIN, connects the identity provider. See docs/portal.md.
   *
   * @default false
   */
  readonly portal?: boolean;

  /**
   * What the customer connects to: "You connect Acme to <product>".
   *
   * @default 'this application'
   */
  readonly portalProductName?: string;

  /**
   * Who invites the customer, and whom the page says to ask.
   *
   * @default 'its operator'
   */
  readonly portalOperatorName?: string;

  /**
   * The path of a PNG or SVG file of at most 50 KB, for the head of the page.
   *
   * @default - none
   */
  readonly portalLogo?: string;

  /**
   * The colour of buttons and links, as `#rrggbb`. The page makes it lighter or darker where it could not be read.
   *
   * @default - a blue
   */
  readonly portalAccentColour?: string;

  /**
   * Where customers get help: an email address, or an https URL.
   *
   * @default - none
   */
  readonly portalSupport?: string;

  /**
   * The beginnings of the addresses to which the page may lead back, such as `https://app.example.com/settings`. An
   * invitation names one of them, or an address below.
   *
   * @default - none
   */
  readonly portalReturnUrls?: readonly string[];
}

/** What the function of the portal reads from its `settings.json`. */
export interface PortalSettings {
  readonly brand: {
    readonly productName: string;
    readonly operatorName: string;
    readonly logo?: string;
    readonly accentColour?: string;
    readonly supportUrl?: string;
  };
  readonly returnUrls: readonly string[];
}

const longestName = 60;
const largestLogo = 50 * 1024;

/** Returns what the portal is told, or nothing if there is none. @throws Error that says which property is wrong */
export function readPortalSettings(props: PortalProps): PortalSettings | undefined {
  const { portalLogo, portalAccentColour, portalSupport, portalReturnUrls = [] } = props;
  if (!props.portal) {
    const [lone] = Object.entries(props).filter(([name, value]) => /^portal./.test(name) && value !== undefined);
    if (lone) throw new Error(`${lone[0]} is set, but portal is not: set portal to true, or leave ${lone[0]} out.`);
    return undefined;
  }
  return {
    brand: {
      productName: readName('portalProductName', props.portalProductName ?? 'this application'),
      operatorName: readName('portalOperatorName', props.portalOperatorName ?? 'its operator'),
      ...(portalLogo === undefined ? {} : { logo: readLogo(portalLogo) }),
      ...(portalAccentColour === undefined ? {} : { accentColour: readColour(portalAccentColour) }),
      ...(portalSupport === undefined ? {} : { supportUrl: readSupport(portalSupport) }),
    },
    returnUrls: portalReturnUrls.map(readReturnUrl),
  };
}

function readName(property: string, name: string): string {
  if (name.trim() !== '' && name.length <= longestName && !/\p{Cc}/u.test(name)) return name;
  throw new Error(`${property} ${JSON.stringify(name)} is not a name: use 1 to ${longestName} characters.`);
}

/** The file as a data URI. It is shown by `<img>` only, where a script in an SVG does not run. */
function readLogo(path: string): string {
  const contents = readFile(path);
  if (contents.length > largestLogo) {
    throw new Error(`portalLogo ${path} has ${contents.length} bytes: use a file of at most 50 KB.`);
  }
  const type = logoType(extname(path).toLowerCase(), contents);
  if (!type) throw new Error(`portalLogo ${path} is neither a PNG nor an SVG file: convert it to one of them.`);
  return `data:${type};base64,${contents.toString('base64')}`;
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`portalLogo ${path} cannot be read: ${(error as Error).message}.`);
  }
}

function logoType(extension: string, contents: Buffer): string | undefined {
  const isPng = contents.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
  if (extension === '.png' && isPng) return 'image/png';
  return extension === '.svg' && /<svg[\s>]/.test(contents.toString('utf8')) ? 'image/svg+xml' : undefined;
}

function readColour(colour: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour.toLowerCase();
  throw new Error(`portalAccentColour "${colour}" is not a colour: write it as #rrggbb, for example #2a5bd0.`);
}

function readSupport(support: string): string {
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(support)) return `mailto:${support}`;
  if (/^https:\/\/[^\s<>"]+$/.test(support)) return support;
  throw new Error(`portalSupport "${support}" is neither an email address nor an https URL.`);
}

function readReturnUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
  if (url && (url.protocol === 'https:' || isHere) && !url.username && !url.search && !url.hash) return url.href;
  throw new Error(
    `portalReturnUrls has "${text}": use https URLs without query, fragment and user name, for example ` +
      'https://app.example.com/settings.',
  );
}
