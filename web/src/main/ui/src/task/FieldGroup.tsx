// SPDX-License-Identifier: Apache-2.0
import { FormGroup, FormHelperText, HelperText, HelperTextItem } from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { JsonValue } from "../api/types";
import { useFormState } from "./FormContext";

interface Props {
  pointer: string;
  label: string;
  description?: string;
  isRequired: boolean;
  children: ReactNode;
}

/** The id of the input that edits what a pointer points to. */
export function idOf(pointer: string): string {
  return `field${pointer.replaceAll("/", ".")}`;
}

/** Label, input, and below it what is wrong or else what it is for. */
export function FieldGroup({ pointer, label, description, isRequired, children }: Props) {
  return (
    <FormGroup label={label} fieldId={idOf(pointer)} isRequired={isRequired} data-testid={`field ${pointer}`}>
      {children}
      <Help pointer={pointer} description={description} />
    </FormGroup>
  );
}

export function Help({ pointer, description }: { pointer: string; description?: string }) {
  const mistake = useFormState().messages[pointer];
  if (!mistake && !description) {
    return null;
  }
  return (
    <FormHelperText>
      <HelperText id={`${idOf(pointer)}-help`}>
        <HelperTextItem variant={mistake ? "error" : "default"} data-testid={mistake ? `error ${pointer}` : undefined}>
          {mistake ?? description}
        </HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}

/** For inputs: marks them wrong and ties the help text to them. */
export function useInputProps(pointer: string) {
  const { messages } = useFormState();
  return {
    id: idOf(pointer),
    "aria-describedby": `${idOf(pointer)}-help`,
    validated: messages[pointer] ? ("error" as const) : ("default" as const),
  };
}

/** A default as the input's placeholder. */
export function defaultHint(value: JsonValue | undefined): string | undefined {
  return value === undefined || value === null || typeof value === "object" ? undefined : `Default: ${value}`;
}
