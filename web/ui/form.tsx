import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly isInline?: boolean | undefined;
  /** Given the attributes that tie the control to its label, hint and error. */
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** The attributes of a control that belongs to a field. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: boolean;
}

/** A label with its control, a hint and an error. */
function Field({ label, hint, error, isInline, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class={isInline ? 'field field-inline' : 'field'}>
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error !== undefined })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email';
  readonly maxLength?: number;
  readonly autoFocus?: boolean;
}

/** A field of one line of text. Browsers neither complete nor correct it: it takes names, codes and addresses. */
export function TextField({ value, onValue, label, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          {...input}
          class="input"
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface TextAreaProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly rows?: number;
}

/** A field of several lines, such as a key. */
export function TextArea({ value, onValue, rows = 6, ...field }: TextAreaProps) {
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          {...control}
          class="input text-area"
          rows={rows}
          autocomplete="off"
          spellcheck={false}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** One of the choices of a select or of radio buttons. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: ComponentChildren;
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly hint?: string;
  /** Whether the label stands beside it, as in a bar of filters. */
  readonly isInline?: boolean;
}

/** A drop-down list. */
export function Select<Value extends string>({ label, choices, value, onValue, hint, isInline }: SelectProps<Value>) {
  return (
    <Field label={label} hint={hint} isInline={isInline}>
      {(control) => (
        <select
          {...control}
          class="input select"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value as Value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface RadioProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly onValue: (value: Value) => void;
}

/** Choices of which one is taken, each with room for an explanation. */
export function RadioCards<Value extends string>({ legend, choices, value, onValue }: RadioProps<Value>) {
  const name = useId();
  return (
    <fieldset class="radio-cards">
      <legend class="field-label">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="radio-card">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onValue(choice.value)}
          />
          <span class="radio-card-text">
            <span class="radio-card-label">{choice.label}</span>
            {choice.description && <span class="hint">{choice.description}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A box that is ticked or not. */
export function Checkbox({
  label,
  checked,
  onChecked,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
}) {
  return (
    <label class="checkbox">
      <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
