import type { JsonObject } from '../scim/json';
import { internalError, invalidValue, ScimError } from '../scim/message/error';
import { errorBody } from '../scim/message/error-body';
import { type BulkOperation, parseBulk } from './bulk-operation';
import { memberReferences, referencesOf, resolveReferences, withoutMembers } from './bulk-references';
import type { MethodHandler, ScimRequest, ScimResponse, Services } from './request';

type OperationResult = { readonly response: ScimResponse } | { readonly error: ScimError };

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * POST /Bulk (RFC 7644 §3.7): 200 with what came of each operation. Ids of new resources are given out beforehand, so
 * that a `bulkId:` reference is an id from the start; an operation runs after those it refers to, and members who refer
 * to each other in a circle are added once all of them exist.
 * @param execute runs one operation as if it had been a request of its own
 * @param report takes what is no `ScimError` and the bulk request, for the log; the operation's answer is a bare 500
 * @throws ScimError 400, 413 for a request that is no BulkRequest or too large
 */
export function bulkHandler(
  execute: MethodHandler,
  report: (error: unknown, request: ScimRequest) => void,
): MethodHandler {
  return async (services, request) => {
    const { operations, failOnErrors = Number.POSITIVE_INFINITY } = parseBulk(request.body);
    const run = new BulkRun(services, request, execute, report, operations);
    for (const operation of operations) {
      if (run.errors >= failOnErrors) break;
      await run.perform(operation);
    }
    return {
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
        Operations: operations.flatMap((operation) => run.represent(operation)),
      },
    };
  };
}

/** One bulk request on its way. */
class BulkRun {
  private readonly results = new Map<BulkOperation, OperationResult>();
  private readonly underWay = new Set<BulkOperation>();
  private readonly ids: ReadonlyMap<string, string>;
  private readonly byBulkId: ReadonlyMap<string, BulkOperation>;

  constructor(
    private readonly services: Services,
    private readonly request: ScimRequest,
    private readonly execute: MethodHandler,
    private readonly report: (error: unknown, request: ScimRequest) => void,
    operations: readonly BulkOperation[],
  ) {
    const named = operations.flatMap((operation) =>
      operation.bulkId === undefined || operation.method !== 'POST' ? [] : [[operation.bulkId, operation] as const],
    );
    this.byBulkId = new Map(named);
    this.ids = new Map(named.map(([bulkId]) => [bulkId, services.newId()]));
  }

  get errors(): number {
    return [...this.results.values()].filter((result) => 'error' in result).length;
  }

  /** Runs an operation after those it refers to, unless it ran already. */
  async perform(operation: BulkOperation): Promise<void> {
    if (this.results.has(operation) || this.underWay.has(operation)) return;
    this.underWay.add(operation);
    for (const bulkId of referencesOf(operation)) {
      const other = this.byBulkId.get(bulkId);
      if (other) await this.perform(other);
    }
    this.results.set(operation, await this.attempt(() => this.execution(operation)));
    this.underWay.delete(operation);
  }

  private async execution(operation: BulkOperation): Promise<ScimResponse> {
    for (const bulkId of referencesOf(operation)) this.checkReference(bulkId);
    // Still under way: it refers, perhaps through others, to this very operation.
    const circular = new Set(
      [...memberReferences(operation.data)].filter((bulkId) => {
        const other = this.byBulkId.get(bulkId);
        return other !== operation && other !== undefined && this.underWay.has(other);
      }),
    );
    const response = await this.send(operation, withoutMembers(operation.data, circular));
    await this.closeCircles(operation);
    return response;
  }

  private checkReference(bulkId: string): void {
    const other = this.byBulkId.get(bulkId);
    if (!other) throw invalidValue(`bulkId:${bulkId} refers to no POST operation of this request.`);
    const result = this.results.get(other);
    if (result && 'error' in result) {
      throw invalidValue(`bulkId:${bulkId} refers to an operation that failed: ${result.error.detail}`);
    }
  }

  /** Adds this new resource to the groups that were made without it because it did not exist yet. */
  private async closeCircles(operation: BulkOperation): Promise<void> {
    const id = operation.bulkId === undefined ? undefined : this.ids.get(operation.bulkId);
    if (id === undefined || operation.bulkId === undefined) return;
    for (const [other, result] of this.results) {
      if (other.method !== 'POST' || 'error' in result || !memberReferences(other.data).has(operation.bulkId)) continue;
      await this.send(
        {
          ...other,
          method: 'PATCH',
          path: [...other.path, this.ids.get(other.bulkId ?? '') ?? ''],
          version: undefined,
        },
        { schemas: [patchSchema], Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] },
      );
    }
  }

  private send(operation: BulkOperation, data: BulkOperation['data']): Promise<ScimResponse> | ScimResponse {
    const { method, bulkId, version } = operation;
    const id = bulkId === undefined ? undefined : this.ids.get(bulkId);
    const { headers, body: _, ...rest } = this.request;
    const others = [...headers].filter(([name]) => name !== 'if-match' && name !== 'if-none-match');
    return this.execute(id === undefined ? this.services : { ...this.services, newId: () => id }, {
      ...rest,
      method,
      path: operation.path.map((part) => resolveReferences(part, this.ids)),
      query: new Map(),
      headers: new Map(version === undefined ? others : [...others, ['if-match', version]]),
      ...(data !== undefined && { body: resolveReferences(data, this.ids) }),
    });
  }

  private async attempt(step: () => Promise<ScimResponse>): Promise<OperationResult> {
    try {
      return { response: await step() };
    } catch (error) {
      if (error instanceof ScimError) return { error };
      this.report(error, this.request);
      return { error: internalError('The operation failed inside the endpoint. Send it again.') };
    }
  }

  /** An operation's entry in the response; nothing for one that was not reached. */
  represent(operation: BulkOperation): readonly JsonObject[] {
    const result = this.results.get(operation);
    if (!result) return [];
    const { method, bulkId } = operation;
    const common = { method, ...(bulkId !== undefined && { bulkId }) };
    if ('error' in result) {
      const { requestId, caller } = this.request;
      const context = { requestId, profile: caller.profile, now: this.services.now() };
      return [
        {
          ...common,
          ...this.locationOf(operation),
          status: String(result.error.status),
          response: errorBody(result.error, context),
        },
      ];
    }
    const { status, headers = {} } = result.response;
    return [
      {
        ...common,
        ...(headers.Location === undefined ? this.locationOf(operation) : { location: headers.Location }),
        ...(headers.ETag !== undefined && { version: headers.ETag }),
        status: String(status),
      },
    ];
  }

  private locationOf({ method, path }: BulkOperation): JsonObject {
    if (method === 'POST') return {};
    const parts = path.map((part) => resolveReferences(part, this.ids));
    return { location: `${this.request.baseUrl}/${parts.join('/')}` };
  }
}
