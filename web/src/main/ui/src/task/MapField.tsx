// SPDX-License-Identifier: Apache-2.0
import { Button, TextInput } from "@patternfly/react-core";
import PlusCircleIcon from "@patternfly/react-icons/dist/esm/icons/plus-circle-icon";
import TrashIcon from "@patternfly/react-icons/dist/esm/icons/trash-icon";
import { useEffect, useState } from "react";
import type { JsonValue } from "../api/types";
import { blank, isNested, singular } from "./blank";
import { FieldGroup, idOf } from "./FieldGroup";
import { Fold } from "./Fold";
import { type FieldProps, useFormState } from "./FormContext";
import { child } from "./pointer";
import { type FieldOf, fieldOf } from "./schema";
import { isObject } from "./resolve";
import { SchemaField } from "./SchemaField";

interface Entry {
  id: number;
  key: string;
  value: JsonValue | undefined;
}

let lastId = 0;

/** Names with values. Names are edited here as rows, because an object cannot hold one twice or half-written. */
export function MapField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"map">>) {
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
                id={idOf(`${pointer}#${i}`)}
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
