import { writeFileSync } from 'node:fs';
import { guideDocuments } from './guides';

for (const [page, text] of guideDocuments()) writeFileSync(page, text);
