// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "react";
import type { JsonValue } from "../api/types";
import { useFormState } from "./FormContext";
import { JsonField } from "./JsonField";
import { ListField } from "./ListField";
import { MapField } from "./MapField";
import { ObjectField, Properties, VariantField } from "./ObjectFields";
import { fieldOf } from "./schema";
import { type Schema } from "./resolve";
import { BooleanField, ChoiceField, MomentField, NumberField, TextField } from "./SimpleFields";

interface Props {
  name: string;
  schema: Schema;
  value: JsonValue | undefined;
  onChange: (value: JsonValue | undefined) => void;
  pointer: string;
  isRequired: boolean;
  /** An entry of a list or map: an object's properties without a frame of their own. */
  isBare?: boolean;
}

/** The widget for whatever a schema describes. */
export function SchemaField({ name, schema, value, onChange, pointer, isRequired, isBare = false }: Props) {
  const { root } = useFormState();
  const field = useMemo(() => fieldOf(schema, root, name), [schema, root, name]);
  const common = { value, onChange, pointer, isRequired };
  switch (field.kind) {
    case "text":
      return field.orJson && value !== undefined && typeof value !== "string" ? (
        <JsonField field={{ ...field, kind: "json", takesText: true }} {...common} />
      ) : (
        <TextField field={field} {...common} />
      );
    case "moment":
      return <MomentField field={field} {...common} />;
    case "number":
      return <NumberField field={field} {...common} />;
    case "boolean":
      return <BooleanField field={field} {...common} />;
    case "choice":
      return <ChoiceField field={field} {...common} />;
    case "object":
      return isBare ? (
        <Properties properties={field.properties} value={value} onChange={onChange} pointer={pointer} isShort />
      ) : (
        <ObjectField field={field} {...common} />
      );
    case "variant":
      return <VariantField field={field} {...common} />;
    case "list":
      return <ListField field={field} {...common} />;
    case "map":
      return <MapField field={field} {...common} />;
    case "json":
      return <JsonField field={field} {...common} />;
  }
}
