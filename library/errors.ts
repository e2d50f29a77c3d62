/** Which kind of error it is: stable, so that a program can branch by it. */
export type ScimLibraryErrorCode =
  | 'MissingPermission'
  | 'OtherRelease'
  | 'UnknownDeployment'
  | 'UnknownTenant'
  | 'Throttled'
  | 'Credentials'
  | 'Unreachable'
  | 'Ambiguous'
  | 'ChangesForgotten'
  | 'UnsupportedEvent'
  | 'MissingPackage'
  | 'Refused';

/**
 * Every error that the library throws for a reason that you can do something about. The message says what was wrong, with
 * what, and what to do; `cause` is the error of the AWS client, if there was one. A failure inside AWS is passed on as it is. An
 * argument that no program should pass, such as an invalid date, is a `RangeError`.
 *
 * @example
 * import { openDirectory, ScimLibraryError } from 'serverless-scim/directory';
 *
 * const directory = openDirectory();
 *
 * export async function findUser(tenantId: string, userName: string) {
 *   try {
 *     return await directory.tenant(tenantId).users.byUserName(userName);
 *   } catch (error) {
 *     if (error instanceof ScimLibraryError && error.code === 'UnknownTenant') return undefined;
 *     throw error;
 *   }
 * }
 */
export abstract class ScimLibraryError extends Error {
  abstract readonly code: ScimLibraryErrorCode;
}

/** The methods of the construct that give permissions. */
export type Grant = 'grantReadDirectory' | 'grantManageTenants' | 'grantReadActivity';

/** AWS refused a call, because the function's role does not allow it. */
export class MissingPermissionError extends ScimLibraryError {
  override readonly name = 'MissingPermissionError';
  override readonly code = 'MissingPermission';

  /**
   * @param action the IAM action, such as `dynamodb:Query`; what AWS said if that names none
   * @param resource the ARN of what it was refused for, if AWS says so
   * @param grant the method of `ScimEndpoint` that gives the permission; undefined if none does
   */
  constructor(
    readonly action: string,
    readonly resource: string | undefined,
    readonly grant: Grant | undefined,
    options?: ErrorOptions,
  ) {
    super(
      `The credentials do not allow ${action}${resource === undefined ? '' : ` on ${resource}`}: ${
        grant === undefined ? '' : `call ${grant}() of the ScimEndpoint with the function and deploy, or `
      }add the action to the policy of its role.`,
      options,
    );
  }
}

/** What is stored was written by another release, or edited by hand: it is refused rather than misread. */
export class OtherReleaseError extends ScimLibraryError {
  override readonly name = 'OtherReleaseError';
  override readonly code = 'OtherRelease';
}

/** There is no deployment where the library was told to look, or it was not told where. */
export class UnknownDeploymentError extends ScimLibraryError {
  override readonly name = 'UnknownDeploymentError';
  override readonly code = 'UnknownDeployment';
}

/** There is no such tenant, or it was deleted. */
export class UnknownTenantError extends ScimLibraryError {
  override readonly name = 'UnknownTenantError';
  override readonly code = 'UnknownTenant';

  constructor(
    readonly tenantId: string,
    options?: ErrorOptions,
  ) {
    super(
      `There is no tenant ${JSON.stringify(tenantId)}; it may have been deleted. Use the id that scim-admin tenant list shows.`,
      options,
    );
  }
}

/** A service of AWS was busy, or got too many requests, and still so after the attempts of its client. */
export class ThrottledError extends ScimLibraryError {
  override readonly name = 'ThrottledError';
  override readonly code = 'Throttled';

  /**
   * @param service the service that refused the request, such as `Secrets Manager`
   * @param reason what it said
   */
  constructor(
    readonly service: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${service} is busy and refused the request (${reason}): try again in some seconds.`, options);
  }
}

/** AWS does not accept the credentials: there are none, they have expired, or they are wrong. */
export class CredentialsError extends ScimLibraryError {
  override readonly name = 'CredentialsError';
  override readonly code = 'Credentials';
}

/** Nothing answers at the address of a service: the region or the endpoint is wrong, or the network does not lead there. */
export class UnreachableError extends ScimLibraryError {
  override readonly name = 'UnreachableError';
  override readonly code = 'Unreachable';
}

/** Several users or groups have a value by which one was asked for. Only userNames and names of groups are unique in every profile. */
export class AmbiguousError extends ScimLibraryError {
  override readonly name = 'AmbiguousError';
  override readonly code = 'Ambiguous';

  /** @param ids those that have the value, or the first of them */
  constructor(
    type: 'User' | 'Group',
    readonly attribute: string,
    readonly ids: readonly string[],
  ) {
    super(
      `More than one ${type} has this value of ${attribute}: ${ids.join(', ')}. Ask by another attribute, or by id. The ` +
        'profile identity-center keeps it unique.',
    );
  }
}

/**
 * Changes were asked for since an instant from which on not all of them can be told: it is more than a year ago, or an import
 * has written users and groups since then, with their old times.
 */
export class ChangesForgottenError extends ScimLibraryError {
  override readonly name = 'ChangesForgottenError';
  override readonly code = 'ChangesForgotten';

  /** @param earliest the earliest instant that can be asked for, as ISO 8601 in UTC */
  constructor(
    since: string,
    readonly earliest: string,
    reason: 'deletions' | 'import',
  ) {
    const known =
      reason === 'import'
        ? `An import wrote until ${earliest}, with old times, so it is not known what changed since ${since}`
        : `Deletions are known since ${earliest} only, not since ${since}`;
    super(`${known}: read snapshot(), and remove what it does not have.`);
  }
}

/** An event of serverless-scim cannot be read: it has another schema version, or was changed on its way. */
export class UnsupportedEventError extends ScimLibraryError {
  override readonly name = 'UnsupportedEventError';
  override readonly code = 'UnsupportedEvent';
}

/** An operation was refused, and changed nothing: a label that is taken, a limit that is reached. */
export class RefusedError extends ScimLibraryError {
  override readonly name = 'RefusedError';
  override readonly code = 'Refused';
}

/** A package that the call needs is not installed. */
export class MissingPackageError extends ScimLibraryError {
  override readonly name = 'MissingPackageError';
  override readonly code = 'MissingPackage';

  /** @param packageName the package that is missing */
  constructor(
    readonly packageName: string,
    options?: ErrorOptions,
  ) {
    super(`The package ${packageName} is not installed: run "npm i -D ${packageName}".`, options);
  }
}
