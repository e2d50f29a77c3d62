import { DynamoStore } from '../../lambda/store/dynamo-store';
import { storeContract } from './contract';
import { type OpenTables, openTables } from './open-tables';

let open: OpenTables;
let store: DynamoStore;

beforeAll(async () => {
  open = await openTables();
  store = new DynamoStore(open.tables);
});
afterAll(() => open.close());

storeContract(() => store);
