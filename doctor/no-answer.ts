/** What Node says when there is no response, and what to do about it. */
const cures: readonly (readonly [sign: RegExp, cure: string])[] = [
  [/ECONNREFUSED/, 'Nothing listens there. Start the endpoint, or correct host and port of the Base URL.'],
  [/ENOTFOUND/, 'There is no host of this name. Correct it in the Base URL.'],
  [/EAI_AGAIN/, 'The host name cannot be resolved now. Check the network and try again.'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'The host cannot be reached. Check the network and the firewall.'],
  [/no answer within/, 'The endpoint accepted the connection and did not respond. See its log.'],
  [/ECONNRESET|socket hang up/, 'The endpoint closed the connection without a response. See its log.'],
  [/Parse Error|HPE_/, 'What listens there does not speak HTTP. Correct the port of the Base URL.'],
];

/** What to do if there is no response. @param reason Node's error code, message or both */
export function cureOfNoAnswer(reason: string): string {
  const [, cure] = cures.find(([sign]) => sign.test(reason)) ?? [];
  return cure ?? 'Check host and port of the Base URL, and see the log of the endpoint.';
}
