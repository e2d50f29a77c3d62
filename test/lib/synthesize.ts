import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { ScimStack, type ScimStackProps } from '../../lib/scim-stack';

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A CDK app with the feature flags of our own. */
export function app(): App {
  return new App({ context });
}

/** The template of a stack with one endpoint. */
export function synthesize(props: ScimStackProps = {}): Template {
  return Template.fromStack(new ScimStack(app(), 'Test', props));
}

/** The resources of a type, by logical id without the endpoint's prefix and the hash. */
export function resources(template: Template, type: string): ReadonlyMap<string, Resource> {
  return new Map(
    Object.entries(template.findResources(type)).map(([id, resource]) => [shortId(id), resource as Resource]),
  );
}

/** The one resource of that id. */
export function resource(template: Template, type: string, id: string): Resource {
  const found = resources(template, type).get(id);
  if (!found) throw new Error(`No ${type} ${id}: there are ${[...resources(template, type).keys()].join(', ')}`);
  return found;
}

/** The one resource of that type. */
export function only(template: Template, type: string): Resource {
  const [first, ...more] = resources(template, type).values();
  if (!first || more.length > 0) throw new Error(`Not one ${type} but ${resources(template, type).size}`);
  return first;
}

/** A CloudFormation value as text, with references by short logical id. */
export function render(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(render).join('');
  const [entry] = Object.entries(value as Record<string, unknown>);
  const [fn, of] = entry ?? [];
  if (fn === 'Fn::Join') return render((of as [string, unknown[]])[1]);
  if (fn === 'Fn::GetAtt') return `${shortId((of as [string, string])[0])}.${(of as [string, string])[1]}`;
  if (fn === 'Ref') return shortId(of as string);
  if (fn === 'Fn::Select') return `part ${(of as [number, unknown])[0]}`;
  throw new Error(`Cannot render ${JSON.stringify(value)}`);
}

function shortId(logicalId: string): string {
  return logicalId.startsWith('AWS::') ? logicalId : logicalId.replace(/^Endpoint/, '').replace(/[0-9A-F]{8}$/, '');
}
