// SPDX-License-Identifier: Apache-2.0
import { createContext, useContext } from "react";
import type { JsonValue } from "../api/types";
import type { Messages } from "./pointer";
import type { Schema } from "./resolve";

export interface FormState {
  /** The whole schema, for references. */
  root: Schema;
  /** What is wrong, by pointer. */
  messages: Messages;
  /** A field holds text that is no value yet, for example half-written JSON; undefined when it is one again. */
  report: (pointer: string, mistake: string | undefined) => void;
}

export const FormContext = createContext<FormState>({ root: {}, messages: {}, report: () => {} });

export function useFormState(): FormState {
  return useContext(FormContext);
}

/** What every field gets. */
export interface FieldProps<F> {
  field: F;
  value: JsonValue | undefined;
  onChange: (value: JsonValue | undefined) => void;
  pointer: string;
  isRequired: boolean;
}
