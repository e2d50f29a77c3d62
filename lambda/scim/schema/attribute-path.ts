import type { Attribute, AttributeMap } from './attribute';
import type { ResourceView } from './view';

/**
 * The attributes that a name leads to, outermost first: `userName`, `name.givenName`, an extension's URN, either
 * qualified by its URN (RFC 7644 §3.10); letter case does not matter. Empty for the core schema's URN itself,
 * undefined for a name that the schema does not have.
 */
export function attributeSteps(view: ResourceView, name: string): readonly Attribute[] | undefined {
  const lower = name.toLowerCase();
  const unqualified = stepsWithin(view.attributes, lower);
  if (unqualified) return unqualified;
  for (const [urn, qualified] of view.urns) {
    if (lower === urn) return qualified;
    if (lower.startsWith(`${urn}:`)) {
      const rest = stepsWithin(qualified[0]?.subAttributes ?? view.attributes, lower.slice(urn.length + 1));
      return rest && [...qualified, ...rest];
    }
  }
  return undefined;
}

/** The attributes that a name without a URN leads to: an attribute, or a sub-attribute after a dot. */
export function stepsWithin(attributes: AttributeMap, name: string): readonly Attribute[] | undefined {
  const lower = name.toLowerCase();
  const whole = attributes.get(lower);
  if (whole) return [whole];
  const dot = lower.indexOf('.');
  const attribute = dot < 0 ? undefined : attributes.get(lower.slice(0, dot));
  const sub = attribute?.subAttributes.get(lower.slice(dot + 1));
  return attribute && sub && [attribute, sub];
}

/** The path of a sub-attribute, for messages: `name.givenName`, but `urn:…:User:manager` in an extension. */
export function subPath(path: string, attribute: Attribute, sub: string): string {
  return `${path}${attribute.name.includes(':') ? ':' : '.'}${sub}`;
}
