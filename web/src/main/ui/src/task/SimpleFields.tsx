// SPDX-License-Identifier: Apache-2.0
import { Checkbox, FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from "@patternfly/react-core";
import { defaultHint, FieldGroup, Help, idOf, useInputProps } from "./FieldGroup";
import type { FieldProps } from "./FormContext";
import { fromLocalTime, toLocalTime } from "./moment";
import type { FieldOf } from "./schema";

export function TextField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"text">>) {
  const input = useInputProps(pointer);
  const text = typeof value === "string" ? value : "";
  const change = (_event: unknown, next: string) => onChange(next === "" ? undefined : next);
  const common = { ...input, value: text, onChange: change, isRequired, placeholder: defaultHint(field.defaultValue) };
  return (
    <FieldGroup pointer={pointer} label={field.label} description={field.description} isRequired={isRequired}>
      {field.isLong ? (
        <TextArea {...common} rows={2} autoResize resizeOrientation="vertical" />
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

export function MomentField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"moment">>) {
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

export function NumberField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"number">>) {
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

export function BooleanField({ field, value, onChange, pointer }: FieldProps<FieldOf<"boolean">>) {
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

export function ChoiceField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"choice">>) {
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
