// SPDX-License-Identifier: Apache-2.0
import { Checkbox, FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { defaultHint, FieldGroup, Help, idOf, useInputProps } from "./FieldGroup";
import { type FieldProps, useFormState } from "./FormContext";
import { fromLocalTime, toLocalTime } from "./moment";
import type { Field } from "./schema";

type Of<K extends Field["kind"]> = Extract<Field, { kind: K }>;

export function TextField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"text">>) {
  const input = useInputProps(pointer);
  const text = typeof value === "string" ? value : "";
  const change = (_event: unknown, next: string) => onChange(next === "" ? undefined : next);
  const common = { ...input, value: text, onChange: change, isRequired, placeholder: defaultHint(field.defaultValue) };
  return (
    <FieldGroup pointer={pointer} label={field.label} description={field.description} isRequired={isRequired}>
      {field.isLong ? (
        <TextArea {...common} rows={4} resizeOrientation="vertical" />
      ) : (
        <TextInput
          {...common}
          type={field.isUri ? "url" : "text"}
          placeholder={common.placeholder ?? (field.isUri ? "https://" : undefined)}
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </FieldGroup>
  );
}

export function MomentField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"moment">>) {
  const input = useInputProps(pointer);
  return (
    <FieldGroup pointer={pointer} label={field.label} description={field.description} isRequired={isRequired}>
      <TextInput
        {...input}
        type="datetime-local"
        className="drover-short"
        value={typeof value === "string" ? toLocalTime(value) : ""}
        onChange={(_event, next) => onChange(fromLocalTime(next))}
        isRequired={isRequired}
      />
    </FieldGroup>
  );
}

export function NumberField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"number">>) {
  const input = useInputProps(pointer);
  return (
    <FieldGroup pointer={pointer} label={field.label} description={field.description} isRequired={isRequired}>
      <TextInput
        {...input}
        type="number"
        className="drover-short"
        value={typeof value === "number" ? value : ""}
        min={field.minimum}
        max={field.maximum}
        step={field.isInteger ? 1 : "any"}
        placeholder={defaultHint(field.defaultValue)}
        onChange={(_event, next) => onChange(next === "" ? undefined : Number(next))}
        isRequired={isRequired}
      />
    </FieldGroup>
  );
}

export function BooleanField({ field, value, onChange, pointer }: FieldProps<Of<"boolean">>) {
  const isChecked = typeof value === "boolean" ? value : field.defaultValue === true;
  return (
    <FormGroup data-testid={`field ${pointer}`}>
      <Checkbox
        id={idOf(pointer)}
        label={field.label}
        description={field.description}
        isChecked={isChecked}
        onChange={(_event, checked) => onChange(checked)}
      />
      <Help pointer={pointer} />
    </FormGroup>
  );
}

export function ChoiceField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"choice">>) {
  const input = useInputProps(pointer);
  const unset = defaultHint(field.defaultValue) ?? (isRequired ? "Choose…" : "Not set");
  return (
    <FieldGroup pointer={pointer} label={field.label} description={field.description} isRequired={isRequired}>
      <FormSelect
        {...input}
        className="drover-short"
        value={field.options.some((option) => option === value) ? String(value) : ""}
        onChange={(_event, next) => onChange(field.options.find((option) => String(option) === next))}
      >
        <FormSelectOption value="" label={unset} isPlaceholder />
        {field.options.map((option) => (
          <FormSelectOption key={option} value={String(option)} label={String(option)} />
        ))}
      </FormSelect>
    </FieldGroup>
  );
}

/** For what has no widget: the value itself. Half-written text stays here until it is JSON again. */
export function JsonField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"json">>) {
  const input = useInputProps(pointer);
  const { report } = useFormState();
  const [text, setText] = useState(() => pretty(value));
  const [sent, setSent] = useState(value);
  if (value !== sent) {
    setSent(value);
    setText(pretty(value));
  }
  useEffect(() => () => report(pointer, undefined), [report, pointer]);

  const change = (next: string) => {
    setText(next);
    try {
      const parsed = next.trim() === "" ? undefined : JSON.parse(next);
      report(pointer, undefined);
      setSent(parsed);
      onChange(parsed);
    } catch (error) {
      report(pointer, `This is not JSON yet: ${(error as Error).message}`);
    }
  };

  return (
    <FieldGroup
      pointer={pointer}
      label={field.label}
      description={field.description ? `${field.description} Written as JSON.` : "Written as JSON."}
      isRequired={isRequired}
    >
      <TextArea
        {...input}
        className="drover-mono"
        value={text}
        onChange={(_event, next) => change(next)}
        rows={Math.min(16, Math.max(3, text.split("\n").length))}
        resizeOrientation="vertical"
        spellCheck={false}
        isRequired={isRequired}
      />
    </FieldGroup>
  );
}

function pretty(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}
