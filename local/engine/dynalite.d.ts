/** The part of dynalite 4.0.0 that we use; it has no types. */

declare module 'dynalite/db' {
  import type { Item, Table } from 'dynalite/types';

  /** An error that answers the request when it has a `statusCode`. */
  interface RequestError extends Error {
    statusCode?: number;
    body?: Record<string, unknown>;
  }

  const db: {
    createKey(item: Item, table: Table): string;
    validateKey(key: Item, table: Table): RequestError | null | undefined;
    validateItem(item: Item, table: Table): RequestError | null | undefined;
    validationError(message: string): RequestError;
    itemSize(item: Item): number;
  };
  export = db;
}

declare module 'dynalite/db/*Parser' {
  import type { Parser } from 'dynalite/types';

  const parser: Parser;
  export = parser;
}

declare module 'dynalite/validations' {
  import type { Custom, Data, DynaliteStore, Types } from 'dynalite/types';

  const validations: {
    /** Coerces and drops what the types do not name, in place; throws a `RequestError`. */
    checkTypes(data: unknown, types: Types): Data;
    /** Checks constraints and parses expressions into `data`; throws a `RequestError`. */
    checkValidations(data: Data, types: Types, custom: Custom | undefined, store: Pick<DynaliteStore, 'options'>): void;
  };
  export = validations;
}

declare module 'dynalite/validations/*' {
  import type { Custom, Types } from 'dynalite/types';

  const validation: { types: Types; custom?: Custom };
  export = validation;
}

declare module 'dynalite/actions/*' {
  import type { Callback, Data, DynaliteStore } from 'dynalite/types';

  const action: (store: DynaliteStore, data: Data, callback: Callback<Record<string, unknown>>) => void;
  export = action;
}

/** Not a module of dynalite: the types that its modules share. */
declare module 'dynalite/types' {
  import type { AttributeValue } from 'aws-lambda';

  type Item = Record<string, AttributeValue>;
  type Callback<T> = (error?: unknown, value?: T) => void;
  type Data = Record<string, unknown>;
  type Custom = (data: Data, store: Pick<DynaliteStore, 'options'>) => string | undefined;

  /** What an expression is parsed with; the parser takes the names and values that it uses off the unused ones. */
  interface ParseContext {
    attrNames?: Record<string, string>;
    attrVals?: Item;
    unusedAttrNames: Record<string, true>;
    unusedAttrVals: Record<string, true>;
  }

  interface Parser {
    /** Returns a text for an error in what the expression says, and throws one for its syntax. */
    parse(expression: string, options: { context: ParseContext }): unknown;
  }

  interface TypeRule {
    type: string;
    notNull?: boolean;
    lengthGreaterThanOrEqual?: number;
    lengthLessThanOrEqual?: number;
    regex?: string;
    enum?: string[];
    children?: string | TypeRule | Types;
  }
  type Types = Record<string, string | TypeRule>;

  interface Index {
    IndexName: string;
    IndexStatus?: string;
  }

  interface Table extends Data {
    TableName: string;
    TableStatus: string;
    KeySchema: { AttributeName: string; KeyType: string }[];
    GlobalSecondaryIndexes?: Index[];
  }

  interface RangeOptions {
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
    reverse?: boolean;
    limit?: number;
  }

  interface SubDb {
    get(key: string, callback: Callback<unknown>): void;
    put(key: string, value: unknown, callback: Callback<undefined>): void;
    del(key: string, callback: Callback<undefined>): void;
    lock(key: string, run: (release: <T>(callback: Callback<T>) => Callback<T>) => void): void;
    createKeyStream(range: RangeOptions): NodeJS.EventEmitter;
    createValueStream(range: RangeOptions): NodeJS.EventEmitter;
  }

  interface DynaliteStore {
    options: { maxItemSize: number; createTableMs: number };
    tableDb: SubDb & { awsAccountId: string; awsRegion: string };
    getItemDb(table: string): SubDb;
    getIndexDb(type: string, table: string, index: string): SubDb;
    getTable(name: string, checkStatus: boolean | Callback<Table>, callback?: Callback<Table>): void;
  }
}
