import type { Flow, FlowRequest } from './flow';
import type { Json } from './json';
import { withoutValue, withValue } from './pointer';
import type { Outgoing } from './send';
import type { Target } from './target';
import { fill, fillText, type Lookup } from './template';

/** The HTTP request of a step, with all variables replaced. */
export function outgoingRequest(flow: Flow, request: FlowRequest, target: Target, lookup: Lookup): Outgoing {
  const headers = { ...flow.headers, ...request.headers, ...target.headers };
  const body = bodyText(request, lookup);
  return {
    method: fillText(request.method, lookup),
    url: baseUrl(request, target) + fillText(request.path, lookup, encodeURIComponent),
    headers: {
      ...authorization(request, target),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fillText(value, lookup)])),
    },
    ...(body === undefined ? {} : { body }),
  };
}

function baseUrl(request: FlowRequest, target: Target): string {
  const urls = { own: target.baseUrl, other: target.otherBaseUrl, unknown: target.unknownBaseUrl };
  return urls[request.tenant ?? 'own'] ?? '';
}

function authorization(request: FlowRequest, target: Target): Readonly<Record<string, string>> {
  const tokens = {
    valid: target.token,
    none: undefined,
    garbled: `${target.token.slice(0, -2)}${target.token.endsWith('00') ? '11' : '00'}`,
    other: target.otherToken,
    unknown: target.unknownToken,
  };
  const token = tokens[request.token ?? 'valid'];
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

function bodyText(request: FlowRequest, lookup: Lookup): string | undefined {
  const text = request.rawBody === undefined ? jsonText(request, lookup) : fillText(request.rawBody, lookup);
  if (request.bodySize === undefined) return text;
  const padding = request.bodySize - Buffer.byteLength(text ?? '');
  return `${text ?? ''}${' '.repeat(Math.max(0, padding))}`;
}

function jsonText(request: FlowRequest, lookup: Lookup): string | undefined {
  const template = request.bodyFrom ?? request.body;
  if (template === undefined) return undefined;
  const changed = Object.entries(request.set ?? {}).reduce<Json>(
    (body, [pointer, value]) => withValue(body, pointer, fill(value, lookup)),
    fill(template, lookup),
  );
  return JSON.stringify((request.without ?? []).reduce<Json>(withoutValue, changed));
}
