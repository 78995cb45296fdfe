// SPDX-License-Identifier: Apache-2.0
import { TextArea } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import type { JsonObject } from "../api/types";
import { Help, idOf } from "../task/FieldGroup";
import { useFormState } from "../task/FormContext";
import { isObject } from "../task/resolve";

/** Where a request has its parameters. */
export const PARAMS = "/params";

interface Props {
  params: JsonObject;
  onChange: (params: JsonObject) => void;
  /** The first mistake of a field, which has no place of its own here. */
  inside?: string;
}

/** The parameters as text, for those who write JSON faster than they fill in forms. */
export function ParamsAsJson({ params, onChange, inside }: Props) {
  const { messages, report } = useFormState();
  const isWrong = PARAMS in messages || inside !== undefined;
  const [text, setText] = useState(() => JSON.stringify(params, null, 2));
  const [sent, setSent] = useState(params);
  if (params !== sent) {
    setSent(params);
    setText(JSON.stringify(params, null, 2));
  }
  const change = (next: string) => {
    setText(next);
    try {
      const parsed = JSON.parse(next);
      if (!isObject(parsed)) {
        report(PARAMS, "The parameters are an object: { … }");
        return;
      }
      report(PARAMS, undefined);
      setSent(parsed);
      onChange(parsed);
    } catch (error) {
      report(PARAMS, `This is not JSON yet: ${(error as Error).message}`);
    }
  };
  useEffect(() => () => report(PARAMS, undefined), [report]);
  return (
    <div>
      <TextArea
        id={idOf(PARAMS)}
        aria-label="Parameters as JSON"
        className="drover-mono"
        value={text}
        onChange={(_event, next) => change(next)}
        validated={isWrong ? "error" : "default"}
        rows={Math.min(30, Math.max(12, text.split("\n").length + 1))}
        resizeOrientation="vertical"
        spellCheck={false}
      />
      <Help pointer={PARAMS} description={inside ? undefined : "All of the request's params."} />
      {inside && <p className="drover-mistake">{inside}</p>}
    </div>
  );
}
