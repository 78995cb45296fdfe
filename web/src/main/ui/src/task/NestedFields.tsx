// SPDX-License-Identifier: Apache-2.0
import { Button, FormSelect, FormSelectOption, TextInput } from "@patternfly/react-core";
import ArrowDownIcon from "@patternfly/react-icons/dist/esm/icons/arrow-down-icon";
import ArrowUpIcon from "@patternfly/react-icons/dist/esm/icons/arrow-up-icon";
import PlusCircleIcon from "@patternfly/react-icons/dist/esm/icons/plus-circle-icon";
import TrashIcon from "@patternfly/react-icons/dist/esm/icons/trash-icon";
import { useEffect, useState } from "react";
import type { JsonObject, JsonValue } from "../api/types";
import { humanise } from "../app/format";
import { FieldGroup, useInputProps } from "./FieldGroup";
import { type FieldProps, useFormState } from "./FormContext";
import { Fold } from "./Fold";
import { child, concerns } from "./pointer";
import { type Field, fieldOf, isObject, type Property } from "./schema";
import { SchemaField } from "./SchemaField";

type Of<K extends Field["kind"]> = Extract<Field, { kind: K }>;

interface PropertiesProps {
  properties: Property[];
  value: JsonValue | undefined;
  onChange: (value: JsonObject) => void;
  pointer: string;
  /** Optional properties wait behind a button until they are used: for the many entries of a list. */
  isShort?: boolean;
}

export function Properties({ properties, value, onChange, pointer, isShort = false }: PropertiesProps) {
  const { messages } = useFormState();
  const [showsAll, setShowsAll] = useState(!isShort);
  // What was shown once stays: a field that is being emptied must not go away.
  const [shown] = useState(() => new Set<string>());
  const object = isObject(value) ? value : {};
  const change = (name: string, next: JsonValue | undefined) => {
    const { [name]: _old, ...rest } = object;
    onChange(next === undefined ? rest : { ...object, [name]: next });
  };
  for (const [i, { name, isRequired }] of properties.entries()) {
    // The first is there even if it may be left out: something has to be.
    if (showsAll || i === 0 || isRequired || name in object || concerns(messages, child(pointer, name))) {
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

export function ObjectField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"object">>) {
  const change = (next: JsonObject) => onChange(Object.keys(next).length === 0 && !isRequired ? undefined : next);
  return (
    <Fold field={field} pointer={pointer} isRequired={isRequired} isFilled={value !== undefined}>
      <Properties properties={field.properties} value={value} onChange={change} pointer={pointer} />
    </Fold>
  );
}

/** An object that is one of several kinds: first which, then what that kind has. */
export function VariantField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"variant">>) {
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
      />
    </>
  );
}

export function ListField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"list">>) {
  const { root } = useFormState();
  const items = Array.isArray(value) ? value : [];
  const item = fieldOf(field.item, root);
  const noun = singular(field.label);
  const put = (next: JsonValue[]) => onChange(next.length === 0 && !isRequired ? undefined : next);
  const move = (from: number, to: number) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next);
  };
  return (
    <Fold field={field} pointer={pointer} isRequired={isRequired} isFilled={items.length > 0} count={items.length}>
      {items.map((entry, i) => (
        <div className="drover-entry" data-nested={isNested(item)} key={i} data-testid={`item ${child(pointer, i)}`}>
          <div className="drover-entry__fields">
            {item.kind === "object" && (
              <div className="drover-entry__title">
                {noun} {i + 1}
              </div>
            )}
            <SchemaField
              name={`${noun} ${i + 1}`}
              schema={field.item}
              value={entry}
              onChange={(next) => put(items.map((old, at) => (at === i ? (next ?? blank(item)) : old)))}
              pointer={child(pointer, i)}
              isRequired
              isBare
            />
          </div>
          <div className="drover-entry__actions">
            <Button
              variant="plain"
              size="sm"
              icon={<ArrowUpIcon />}
              aria-label={`Move ${noun} ${i + 1} up`}
              isDisabled={i === 0}
              onClick={() => move(i, i - 1)}
            />
            <Button
              variant="plain"
              size="sm"
              icon={<ArrowDownIcon />}
              aria-label={`Move ${noun} ${i + 1} down`}
              isDisabled={i === items.length - 1}
              onClick={() => move(i, i + 1)}
            />
            <Button
              variant="plain"
              size="sm"
              icon={<TrashIcon />}
              aria-label={`Remove ${noun} ${i + 1}`}
              onClick={() => put(items.filter((_old, at) => at !== i))}
            />
          </div>
        </div>
      ))}
      <Button
        variant="link"
        isInline
        className="drover-add"
        icon={<PlusCircleIcon />}
        isDisabled={field.maxItems !== undefined && items.length >= field.maxItems}
        onClick={() => put([...items, blank(item)])}
      >
        Add {noun.toLowerCase()}
      </Button>
    </Fold>
  );
}

interface Entry {
  id: number;
  key: string;
  value: JsonValue | undefined;
}

let lastId = 0;

/** Names with values. Names are edited here as rows, because an object cannot hold one twice or half-written. */
export function MapField({ field, value, onChange, pointer, isRequired }: FieldProps<Of<"map">>) {
  const { root, report } = useFormState();
  const inner = fieldOf(field.value, root);
  const [entries, setEntries] = useState<Entry[]>(() => entriesOf(value));
  const [sent, setSent] = useState(value);
  if (value !== sent) {
    setSent(value);
    setEntries(entriesOf(value));
  }
  useEffect(() => () => report(pointer, undefined), [report, pointer]);

  const put = (next: Entry[]) => {
    const names = next.map((entry) => entry.key).filter(Boolean);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    const unnamed = next.some((entry) => entry.key === "" && entry.value !== undefined && entry.value !== "");
    report(pointer, twice ? `“${twice}” is there twice` : unnamed ? "Every value needs a name" : undefined);
    const object = Object.fromEntries(
      next.filter(({ key }) => key !== "").map(({ key, value: held }) => [key, held ?? blank(inner)]),
    );
    const outcome = next.length === 0 && !isRequired ? undefined : object;
    setEntries(next);
    setSent(outcome);
    onChange(outcome);
  };
  const edit = (id: number, change: Partial<Entry>) =>
    put(entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));

  return (
    <Fold field={field} pointer={pointer} isRequired={isRequired} isFilled={entries.length > 0} count={entries.length}>
      {entries.map((entry, i) => (
        <div
          className="drover-entry"
          data-nested={isNested(inner)}
          key={entry.id}
          data-testid={`entry ${child(pointer, i)}`}
        >
          <div className="drover-entry__fields drover-entry__fields--map">
            <FieldGroup pointer={`${pointer}#${i}`} label="Name" isRequired>
              <TextInput
                id={`field${pointer.replaceAll("/", ".")}#${i}`}
                value={entry.key}
                onChange={(_event, key) => edit(entry.id, { key })}
                spellCheck={false}
                isRequired
              />
            </FieldGroup>
            <SchemaField
              name="value"
              schema={field.value}
              value={entry.value}
              onChange={(next) => edit(entry.id, { value: next })}
              pointer={child(pointer, entry.key)}
              isRequired
              isBare
            />
          </div>
          <div className="drover-entry__actions">
            <Button
              variant="plain"
              size="sm"
              icon={<TrashIcon />}
              aria-label={`Remove ${entry.key || "the entry"}`}
              onClick={() => put(entries.filter(({ id }) => id !== entry.id))}
            />
          </div>
        </div>
      ))}
      <Button
        variant="link"
        isInline
        className="drover-add"
        icon={<PlusCircleIcon />}
        onClick={() => put([...entries, { id: ++lastId, key: "", value: undefined }])}
      >
        Add {singular(field.label).toLowerCase()}
      </Button>
    </Fold>
  );
}

function entriesOf(value: JsonValue | undefined): Entry[] {
  return isObject(value) ? Object.entries(value).map(([key, held]) => ({ id: ++lastId, key, value: held })) : [];
}

function isNested(field: Field): boolean {
  return field.kind === "object" || field.kind === "map" || field.kind === "list" || field.kind === "variant";
}

/** What a new entry starts as, so that it is there before anything is entered. */
function blank(field: Field): JsonValue {
  switch (field.kind) {
    case "object":
    case "map":
    case "variant":
      return {};
    case "list":
      return [];
    case "boolean":
      return false;
    case "text":
    case "moment":
      return "";
    case "number":
    case "choice":
    case "json":
      return null;
  }
}

function singular(label: string): string {
  return label.length > 3 && label.endsWith("s") && !label.endsWith("ss") ? label.slice(0, -1) : label;
}
