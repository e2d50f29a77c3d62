import { connect, type TLSSocket } from 'node:tls';
import { cureOfNoAnswer } from './no-answer';
import type { Check, Verdict } from './verdict';

const title = 'TLS';
const timeoutMilliseconds = 10_000;
const day = 24 * 3600 * 1000;

/** Days before expiry from which a certificate is reported: most are renewed by then. */
const noticeDays = 14;

/** Node's error codes for certificates and connections, and what to do. */
const cures: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'Renew the certificate.'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Use a certificate of a public authority: identity providers do not trust others.'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'Use a certificate of a public authority: identity providers do not trust others.'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'Also send the intermediate certificates, of a public authority.'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'Also send the intermediate certificates, of a public authority.'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Use a certificate for this host name.'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'Allow TLS 1.2.'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'Check the port: the server there does not use TLS.'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'Check the port: the server there does not use TLS.'],
]);

/** Connects as an identity provider does, trusting public authorities only. Does nothing for plain http. */
export async function checkTls(baseUrl: string, now: Date): Promise<readonly Check[]> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol !== 'https:') return [];
  const connected = await open(hostname.replace(/^\[|\]$/g, ''), Number(port || 443));
  if ('message' in connected) {
    const { code, message } = connected;
    return [
      check('the connection is trusted', 'failed', [message], cures.get(code) ?? cureOfNoAnswer(`${code} ${message}`)),
    ];
  }
  const version = connected.getProtocol() ?? 'unknown';
  const daysLeft = Math.floor((Date.parse(connected.getPeerCertificate().valid_to) - now.getTime()) / day);
  connected.destroy();
  const ending = daysLeft < noticeDays;
  return [
    check('the connection is trusted', 'ok', [], ''),
    check(
      'the certificate is valid for two more weeks',
      ending ? 'note' : 'ok',
      ending ? [`it expires in ${daysLeft} days`] : [],
      'Renew it.',
    ),
    check('it is TLS 1.2 or 1.3', /^TLSv1\.[23]$/.test(version) ? 'ok' : 'failed', [version], 'Allow TLS 1.2.'),
  ];
}

/** Node's error; `reason` is OpenSSL's message without the position in its source. */
interface TlsError extends NodeJS.ErrnoException {
  readonly reason?: string;
}

/** Why there is no connection. */
interface Failure {
  readonly code: string;
  readonly message: string;
}

function open(host: string, port: number): Promise<TLSSocket | Failure> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }) });
    const fail = (code: string, message: string) => {
      socket.destroy();
      resolve({ code, message });
    };
    socket.setTimeout(timeoutMilliseconds, () => fail('ETIMEDOUT', 'no answer'));
    socket.once('error', ({ code = '', message, reason }: TlsError) => fail(code, reason ?? message));
    socket.once('secureConnect', () => resolve(socket));
  });
}

function check(name: string, verdict: Verdict, found: readonly string[], cure: string): Check {
  return {
    title,
    name,
    verdict,
    found: verdict === 'ok' ? [] : found,
    matters: 'Okta and Entra connect only to hosts whose certificate they trust, with TLS 1.2 or later.',
    cure,
  };
}
