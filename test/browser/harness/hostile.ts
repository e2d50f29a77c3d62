import type { Page } from 'playwright-core';
import names from './hostile.json';

/** Names that break pages: markup, marks of direction, words of JavaScript, URL schemes, emoji, and one without end. */
export const hostileNames: readonly string[] = [...names, 'x'.repeat(1000)];

/** A user with a hostile name in each attribute that a page shows. */
export const hostileUser = (name: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: name,
  displayName: name,
  externalId: name,
  title: name,
  name: { givenName: name, familyName: name },
});

/** Fails if a name has become an element, a link that runs, or a dialog of the browser. */
export async function becameCode(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('main :is(img, script, iframe), main a[href^="javascript" i]')].map((each) => each.outerHTML)`,
  );
}
