interface CognitoUser {
  enabled: boolean;
  readonly attributes: Map<string, string>;
}

interface Input {
  readonly Username: string;
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value: string }[];
}

type Operation = (users: Map<string, CognitoUser>, input: Input) => unknown;

function existing(users: Map<string, CognitoUser>, { Username }: Input): CognitoUser {
  const user = users.get(Username);
  if (!user) throw Object.assign(new Error('User does not exist.'), { name: 'UserNotFoundException' });
  return user;
}

function change(apply: (user: CognitoUser, input: Input) => void): Operation {
  return (users, input) => {
    apply(existing(users, input), input);
    return {};
  };
}

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'AdminGetUser',
    (users, input) => ({
      UserAttributes: [...existing(users, input).attributes].map(([Name, Value]) => ({ Name, Value })),
    }),
  ],
  [
    'AdminCreateUser',
    (users, { Username }) => {
      if (users.has(Username)) throw Object.assign(new Error('User exists.'), { name: 'UsernameExistsException' });
      users.set(Username, { enabled: true, attributes: new Map() });
    },
  ],
  ['AdminEnableUser', change((user) => Object.assign(user, { enabled: true }))],
  ['AdminDisableUser', change((user) => Object.assign(user, { enabled: false }))],
  ['AdminUserGlobalSignOut', change(() => {})],
  [
    'AdminUpdateUserAttributes',
    change(({ attributes }, { UserAttributes = [] }) => {
      for (const { Name, Value } of UserAttributes) attributes.set(Name, Value);
    }),
  ],
]);

/** A stand-in for `@aws-sdk/client-cognito-identity-provider`, with users in memory. */
export function cognitoClient(users: Map<string, CognitoUser>): object {
  const commands = [...operations].map(([name, operation]) => [
    `${name}Command`,
    class {
      constructor(readonly input: Input) {}
      readonly operation = operation;
    },
  ]);
  return {
    ...Object.fromEntries(commands),
    CognitoIdentityProviderClient: class {
      async send({ input, operation }: { input: Input; operation: Operation }) {
        return operation(users, input);
      }
    },
  };
}
