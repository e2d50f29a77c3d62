import type { Workload } from '../../api/console/credentials';
import { TextArea, TextField } from '../../ui/form';

/** The field for a public key. */
export function KeyField({ value, onValue }: { readonly value: string; readonly onValue: (value: string) => void }) {
  return (
    <TextArea
      label="Public key"
      hint="PEM or JWK. The client signs its requests for access tokens with the private one (private_key_jwt)."
      value={value}
      onValue={onValue}
    />
  );
}

/** An empty workload. */
export const noWorkload: Workload = { issuer: '', subject: '', audience: 'api://AzureADTokenExchange' };

interface WorkloadProps {
  readonly value: Workload;
  readonly onValue: (value: Workload) => void;
}

/** The fields for a workload of another issuer, such as a managed identity of Entra. */
export function WorkloadFields({ value, onValue }: WorkloadProps) {
  const { issuer, subject, audience, jwksUrl = '' } = value;
  return (
    <>
      <TextField
        label="Issuer"
        hint="Such as https://login.microsoftonline.com/<directory>/v2.0"
        value={issuer}
        onValue={(text) => onValue({ ...value, issuer: text.trim() })}
      />
      <TextField label="Subject" value={subject} onValue={(text) => onValue({ ...value, subject: text.trim() })} />
      <TextField label="Audience" value={audience} onValue={(text) => onValue({ ...value, audience: text.trim() })} />
      <TextField
        label="Address of its keys"
        hint="Only if the issuer publishes no metadata."
        value={jwksUrl}
        onValue={(text) => {
          const { jwksUrl: _, ...others } = value;
          onValue(text.trim() ? { ...others, jwksUrl: text.trim() } : others);
        }}
      />
    </>
  );
}
