import type { Guide, GuideField } from '../../../guides/guide';
import type { CredentialInfo, MadeCredential, Overview } from '../../api/portal';
import { CopyButton } from '../../ui/copy';
import { Show } from '../../ui/loaded';
import type { Loaded } from '../../ui/use-call';
import { usePortal } from '../context';
import { credentialKind, nameOf } from '../guides';
import { Words } from '../words';
import { Credential, credentialOf } from './credential';

interface FieldsProps {
  readonly guide: Guide;
  readonly fields: readonly GuideField[];
  readonly overview: Loaded<Overview>;
}

/** The fields of a page of the identity provider, each with what belongs in it. */
export function Fields({ guide, fields, overview }: FieldsProps) {
  const needsOverview = fields.some(({ paste = '' }) => paste in placeholders);
  if (!needsOverview) return <FieldList guide={guide} fields={fields} values={{}} missing={placeholders} />;
  const kind = credentialKind(fields);
  return (
    <Show loaded={overview} lines={3}>
      {(value) => <FilledFields guide={guide} fields={fields} kind={kind} overview={value} onMade={overview.reload} />}
    </Show>
  );
}

interface FilledProps {
  readonly guide: Guide;
  readonly fields: readonly GuideField[];
  readonly kind: MadeCredential['kind'] | undefined;
  readonly overview: Overview;
  readonly onMade: () => void;
}

function FilledFields({ guide, fields, kind, overview, onMade }: FilledProps) {
  const { session, made } = usePortal();
  const credential = kind && credentialOf(overview.credentials, session.setup, kind);
  const mine = made.filter((one) => one.kind === kind && (!credential || one.id === credential.id));
  const secret = mine.at(-1);
  return (
    <>
      {kind && <Credential guide={guide} kind={kind} credential={credential} secret={secret} onMade={onMade} />}
      <FieldList
        guide={guide}
        fields={fields}
        values={valuesOf(overview, credential, secret)}
        missing={credential ? { ...placeholders, ...gone } : placeholders}
      />
    </>
  );
}

/** What stands for a value that only the directory knows, and what is shown until it is made. */
const placeholders: Readonly<Record<string, string>> = {
  '{baseUrl}': '',
  '{tokenEndpoint}': '',
  '{token}': 'The token that you make above.',
  '{clientId}': 'The identifier that comes with the secret that you make above.',
  '{clientSecret}': 'The secret that you make above.',
};

/** What is shown instead for a secret that was made, and is not known any more. */
const gone: Readonly<Record<string, string>> = {
  '{token}': 'The token that you made. If you do not have it, make a new one above.',
  '{clientSecret}': 'The secret that you made. If you do not have it, make a new one above.',
};

function valuesOf(
  { baseUrl, tokenEndpoint }: Overview,
  credential: CredentialInfo | undefined,
  secret: MadeCredential | undefined,
): Readonly<Record<string, string | undefined>> {
  return {
    '{baseUrl}': baseUrl,
    '{tokenEndpoint}': tokenEndpoint,
    '{token}': secret?.kind === 'token' ? secret.token : undefined,
    '{clientId}': secret?.kind === 'client' ? secret.clientId : credential?.id,
    '{clientSecret}': secret?.kind === 'client' ? secret.clientSecret : undefined,
  };
}

interface ListProps {
  readonly guide: Guide;
  readonly fields: readonly GuideField[];
  readonly values: Readonly<Record<string, string | undefined>>;
  /** What is shown for a value that is not known. */
  readonly missing: Readonly<Record<string, string>>;
}

function FieldList({ guide, fields, values, missing }: ListProps) {
  return (
    <dl class="fields" aria-label={`Fields in ${nameOf(guide)}`}>
      {fields.map((field) => (
        <div key={field.label} class="fields-row">
          <dt>{field.label}</dt>
          <dd>
            <Value field={field} values={values} missing={missing} />
            {field.help && (
              <p class="hint">
                <Words text={field.help} />
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({
  field: { label, paste, choose },
  values,
  missing,
}: Pick<ListProps, 'values' | 'missing'> & { readonly field: GuideField }) {
  if (paste === undefined) return <Words text={choose ?? ''} />;
  const value = paste in placeholders ? values[paste] : paste;
  if (value === undefined) return <span class="quiet">{missing[paste]}</span>;
  return (
    <div class="copy-field-row">
      <code class="copy-field-value">{value}</code>
      <CopyButton text={value} what={label} />
    </div>
  );
}
