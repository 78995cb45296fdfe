// SPDX-License-Identifier: Apache-2.0
import { Button } from "@patternfly/react-core";
import ArrowDownIcon from "@patternfly/react-icons/dist/esm/icons/arrow-down-icon";
import ArrowUpIcon from "@patternfly/react-icons/dist/esm/icons/arrow-up-icon";
import PlusCircleIcon from "@patternfly/react-icons/dist/esm/icons/plus-circle-icon";
import TrashIcon from "@patternfly/react-icons/dist/esm/icons/trash-icon";
import type { JsonValue } from "../api/types";
import { blank, isNested, singular } from "./blank";
import { Fold } from "./Fold";
import { type FieldProps, useFormState } from "./FormContext";
import { child } from "./pointer";
import { type FieldOf, fieldOf } from "./schema";
import { SchemaField } from "./SchemaField";

/** Values in an order. */
export function ListField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"list">>) {
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
