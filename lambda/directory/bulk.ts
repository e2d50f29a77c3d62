import type { JsonObject } from '../scim/json';
import { internalError, invalidValue, ScimError, throttled } from '../scim/message/error';
import { errorBody } from '../scim/message/error-body';
import { type BulkOperation, parseBulk } from './bulk-operation';
import { memberReferences, referencesOf, resolveReferences, withoutMembers } from './bulk-references';
import type { FailedOperation, MethodHandler, ScimRequest, ScimResponse, Services } from './request';

type OperationResult = { readonly response: ScimResponse } | { readonly error: ScimError };

/**
 * No operation starts later than this, in milliseconds: the gateway waits for 29 seconds, and the last operation takes
 * time too.
 */
const longest = 18_000;

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * POST /Bulk (RFC 7644 §3.7): 200 with the result of each operation. Ids of new resources are assigned first, so that a
 * `bulkId:` reference is an id from the start; an operation runs after those it refers to. Groups that refer to each
 * other as members get those members once all of them exist. When the time or the work of a request is used up, the
 * remaining operations get 429.
 * @param execute runs one operation like a separate request
 * @param report gets every error that is no `ScimError`, and the bulk request, for the log; the operation's response is
 *   a plain 500
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
      await run.closeCircles();
    }
    return {
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
        Operations: operations.flatMap((operation) => run.represent(operation)),
      },
      failed: operations.flatMap((operation) => run.failureOf(operation)),
    };
  };
}

/** One bulk request in progress. */
class BulkRun {
  private readonly results = new Map<BulkOperation, OperationResult>();
  private readonly underWay = new Set<BulkOperation>();
  /** Groups that were created without the members that refer to them, and the references of these members. */
  private readonly circles = new Map<BulkOperation, ReadonlySet<string>>();
  private readonly started: number;
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
    this.started = services.now().getTime();
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
    if (this.isOver) throw notReached();
    for (const bulkId of referencesOf(operation)) this.checkReference(bulkId);
    // Still under way: it refers, perhaps through others, to this very operation.
    const circular = new Set(
      [...memberReferences(operation.data)].filter((bulkId) => {
        const other = this.byBulkId.get(bulkId);
        return other !== operation && other !== undefined && this.underWay.has(other);
      }),
    );
    if (circular.size > 0) this.circles.set(operation, circular);
    return this.send(operation, withoutMembers(operation.data, circular));
  }

  /** Whether no further operation may begin. */
  private get isOver(): boolean {
    return this.request.work.isSpent || this.services.now().getTime() - this.started > longest;
  }

  private checkReference(bulkId: string): void {
    const other = this.byBulkId.get(bulkId);
    if (!other) throw invalidValue(`bulkId:${bulkId} refers to no POST operation of this request.`);
    const result = this.results.get(other);
    if (result && 'error' in result) {
      throw invalidValue(`bulkId:${bulkId} refers to an operation that failed: ${result.error.detail}`);
    }
  }

  /** Adds to each group, in one change, the members that did not exist when it was created. */
  async closeCircles(): Promise<void> {
    for (const [group, references] of this.circles) {
      const created = this.results.get(group);
      if (created && 'response' in created) {
        const closed = await this.attempt(() => this.closeCircle(group, created.response, references));
        this.results.set(group, 'error' in closed ? { error: withoutCircle(closed.error) } : closed);
      }
    }
    this.circles.clear();
  }

  private async closeCircle(
    group: BulkOperation,
    created: ScimResponse,
    references: ReadonlySet<string>,
  ): Promise<ScimResponse> {
    if (this.isOver) throw notReached();
    for (const bulkId of references) this.checkReference(bulkId);
    const value = [...references].map((bulkId) => ({ value: this.ids.get(bulkId) ?? '' }));
    const path = [...group.path, this.ids.get(group.bulkId ?? '') ?? ''];
    const { headers } = await this.send(
      { ...group, method: 'PATCH', path, version: undefined },
      { schemas: [patchSchema], Operations: [{ op: 'add', path: 'members', value }] },
    );
    return { ...created, headers: { ...created.headers, ...headers } };
  }

  private send(operation: BulkOperation, data: BulkOperation['data']): Promise<ScimResponse> | ScimResponse {
    const { method, bulkId, version } = operation;
    const id = bulkId === undefined ? undefined : this.ids.get(bulkId);
    const { headers, body: _, ...rest } = this.request;
    const others = [...headers].filter(([name]) => name !== 'if-match' && name !== 'if-none-match');
    return this.execute(id === undefined ? this.services : { ...this.services, newId: () => id }, {
      ...rest,
      bulk: true,
      method,
      path: operation.path.map((part) => resolveReferences(part, this.ids)),
      query: new Map(),
      headers: new Map(version === undefined ? others : [...others, ['if-match', version]]),
      ...(data !== undefined && { body: resolveReferences(data, this.ids) }),
    });
  }

  private async attempt(step: () => Promise<ScimResponse>): Promise<OperationResult> {
    const { work } = this.request;
    const isFirst = work.units === 0;
    try {
      return { response: await step() };
    } catch (error) {
      // An operation that is too much work on its own would fail again. One that came after others may succeed next
      // time.
      if (work.isSpent && !isFirst) return { error: notReached() };
      if (error instanceof ScimError) return { error };
      this.report(error, this.request);
      return { error: internalError('The operation failed inside the endpoint. Send it again.') };
    }
  }

  /** An operation's entry in the response; empty for one that was not reached. */
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

  /** The failure of an operation; empty if it did not fail. */
  failureOf(operation: BulkOperation): readonly FailedOperation[] {
    const result = this.results.get(operation);
    if (!result || !('error' in result)) return [];
    const { method, path, data } = operation;
    return [{ method, path: path.map((part) => resolveReferences(part, this.ids)), body: data, error: result.error }];
  }

  private locationOf({ method, path }: BulkOperation): JsonObject {
    if (method === 'POST') return {};
    const parts = path.map((part) => resolveReferences(part, this.ids));
    return { location: `${this.request.baseUrl}/${parts.join('/')}` };
  }
}

function notReached(): ScimError {
  return throttled(
    'This operation was not done: those before it took all that one request may take. Send it in another request.',
    1,
  );
}

/** Adds to a new group's response the result for the members that refer to it. */
function withoutCircle({ status, detail }: ScimError): ScimError {
  const told = `The group was created, but the members that refer to it were not added. ${detail}`;
  return status === 429 ? throttled(told, 1) : invalidValue(told);
}
