// SPDX-License-Identifier: Apache-2.0
import { TextArea } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import type { JsonValue } from "../api/types";
import { FieldGroup, useInputProps } from "./FieldGroup";
import { type FieldProps, useFormState } from "./FormContext";
import { parseValue, showValue } from "./jsonText";
import type { FieldOf } from "./schema";

/** For what has no widget: the value itself. Half-written text stays here until it is a value again. */
export function JsonField({ field, value, onChange, pointer, isRequired }: FieldProps<FieldOf<"json">>) {
  const input = useInputProps(pointer);
  const { report } = useFormState();
  const { takesText } = field;
  const [text, setText] = useState(() => showValue(value, takesText));
  const [sent, setSent] = useState(value);
  if (value !== sent) {
    setSent(value);
    setText(showValue(value, takesText));
  }
  useEffect(() => () => report(pointer, undefined), [report, pointer]);

  const change = (next: string) => {
    setText(next);
    try {
      const parsed: JsonValue | undefined = parseValue(next, takesText);
      report(pointer, undefined);
      setSent(parsed);
      onChange(parsed);
    } catch (error) {
      report(pointer, `This is not JSON yet: ${(error as Error).message}`);
    }
  };

  const how = takesText ? "Text or JSON." : "Written as JSON.";
  return (
    <FieldGroup
      pointer={pointer}
      label={field.label}
      description={field.description ? `${field.description} ${how}` : how}
      isRequired={isRequired}
    >
      <TextArea
        {...input}
        className="drover-mono"
        value={text}
        onChange={(_event, next) => change(next)}
        rows={Math.min(16, Math.max(takesText ? 1 : 3, text.split("\n").length))}
        resizeOrientation="vertical"
        spellCheck={false}
        isRequired={isRequired}
      />
    </FieldGroup>
  );
}
