// SPDX-License-Identifier: Apache-2.0
import { Button, FormSelect, FormSelectOption } from "@patternfly/react-core";
import { useState } from "react";
import type { JsonObject, JsonValue } from "../api/types";
import { humanise } from "../app/format";
import { FieldGroup, useInputProps } from "./FieldGroup";
import { type FieldProps, useFormState } from "./FormContext";
import { Fold } from "./Fold";
import { child, concerns } from "./pointer";
import { type FieldOf, fieldOf, type Property } from "./schema";
import { isObject } from "./resolve";
import { SchemaField } from "./SchemaField";

interface PropertiesProps {
  properties: Property[];
  value: JsonValue | undefined;
  onChange: (value: JsonObject) => void;
  pointer: string;
  /** Optional properties wait behind a button until they are used: for the many entries of a list. */
  isShort?: boolean;
  /** Something before them says what the object is. */
  hasLead?: boolean;
}

export function Properties({
  properties,
  value,
  onChange,
  pointer,
  isShort = false,
  hasLead = false,
}: PropertiesProps) {
  const { messages } = useFormState();
  const [showsAll, setShowsAll] = useState(!isShort);
  // What was shown once stays: a field that is being emptied must not go away.
  const [shown] = useState(() => new Set<string>());
  const object = isObject(value) ? value : {};
  const change = (name: string, next: JsonValue | undefined) => {
    const { [name]: _old, ...rest } = object;
    onChange(next === undefined ? rest : { ...object, [name]: next });
  };
  const hasRequired = properties.some((property) => property.isRequired);
  for (const [i, { name, isRequired }] of properties.entries()) {
    // Where nothing is required, the first stands for the object.
    if (
      showsAll ||
      (i === 0 && !hasRequired && !hasLead) ||
      isRequired ||
      name in object ||
      concerns(messages, child(pointer, name))
    ) {
      shown.add(name);
    }
  }
  const hidden = properties.filter(({ name }) => !shown.has(name)).map(({ name }) => humanise(name).toLowerCase());
  return (
    <>
      {properties
        .filter(({ name }) => shown.has(name))
        .map(({ name, schema, isRequired }) => (
          <SchemaField
            key={name}
            name={name}
            schema={schema}
            value={object[name]}
            onChange={(next) => change(name, next)}
            pointer={child(pointer, name)}
            isRequired={isRequired}
          />
        ))}
      {hidden.length > 0 && (
        <Button variant="link" isInline className="drover-add" onClick={() => setShowsAll(true)}>
          More: {hidden.join(", ")}
        </Button>
      )}
    </>
  );
}

export function ObjectField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"object">>) {
  const change = (next: JsonObject) => onChange(Object.keys(next).length === 0 && !isRequired ? undefined : next);
  return (
    <Fold field={field} pointer={pointer} isRequired={isRequired} isFilled={value !== undefined}>
      <Properties properties={field.properties} value={value} onChange={change} pointer={pointer} />
    </Fold>
  );
}

/** An object that is one of several kinds: first which, then what that kind has. */
export function VariantField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"variant">>) {
  const { root } = useFormState();
  const tagPointer = child(pointer, field.tag);
  const input = useInputProps(tagPointer);
  const object = isObject(value) ? value : {};
  const chosen = field.options.find((option) => option.value === object[field.tag]);
  const shape = chosen && fieldOf(chosen.schema, root);
  const properties = shape?.kind === "object" ? shape.properties : [];
  const choose = (tag: string) => {
    const next = field.options.find((option) => option.value === tag);
    const kept = next ? Object.keys((next.schema.properties as JsonObject | undefined) ?? {}) : [];
    const carried = Object.entries(object).filter(([name]) => kept.includes(name));
    onChange(next && { [field.tag]: tag, ...Object.fromEntries(carried) });
  };
  return (
    <>
      <FieldGroup
        pointer={tagPointer}
        label={field.label || "Kind"}
        description={typeof chosen?.schema.description === "string" ? chosen.schema.description : field.description}
        isRequired={isRequired}
      >
        <FormSelect
          {...input}
          className="drover-short"
          value={chosen?.value ?? ""}
          onChange={(_event, tag) => choose(tag)}
        >
          <FormSelectOption value="" label="Choose…" isPlaceholder />
          {field.options.map(({ value: tag, title }) => (
            <FormSelectOption key={tag} value={tag} label={title} />
          ))}
        </FormSelect>
      </FieldGroup>
      <Properties
        key={chosen?.value}
        properties={properties}
        value={object}
        onChange={onChange}
        pointer={pointer}
        isShort
        hasLead
      />
    </>
  );
}
