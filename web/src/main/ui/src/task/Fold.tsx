// SPDX-License-Identifier: Apache-2.0
import { Badge, Button } from "@patternfly/react-core";
import AngleRightIcon from "@patternfly/react-icons/dist/esm/icons/angle-right-icon";
import { type ReactNode, useState } from "react";
import { Help, idOf } from "./FieldGroup";
import { useFormState } from "./FormContext";
import { concerns } from "./pointer";
import type { Field } from "./schema";

interface Props {
  field: Pick<Field, "label" | "description">;
  pointer: string;
  isRequired: boolean;
  isFilled: boolean;
  count?: number;
  /** Whether a field inside is wrong, where the pointer alone does not tell. */
  isWrong?: boolean;
  children: ReactNode;
}

/** Several fields under one label. What is optional and empty starts folded; what holds a mistake is open. */
export function Fold({ field, pointer, isRequired, isFilled, count, isWrong, children }: Props) {
  const { messages } = useFormState();
  const [choice, setChoice] = useState<boolean>();
  const isOpen = isWrong || concerns(messages, pointer) || (choice ?? (isRequired || isFilled));
  const id = idOf(pointer);
  return (
    <div className="drover-fold" role="group" aria-labelledby={`${id}-label`} data-testid={`field ${pointer}`}>
      <Button
        variant="plain"
        className="drover-fold__toggle"
        aria-expanded={isOpen}
        aria-controls={`${id}-body`}
        onClick={() => setChoice(!isOpen)}
      >
        <AngleRightIcon className="drover-fold__icon" data-open={isOpen} />
        <span id={`${id}-label`}>
          {field.label}
          {isRequired && (
            <span className="drover-required" aria-hidden="true">
              {" "}
              *
            </span>
          )}
        </span>
        {count ? <Badge isRead>{count}</Badge> : null}
      </Button>
      <div className="drover-fold__help">
        <Help pointer={pointer} description={field.description} />
      </div>
      {isOpen && (
        <div className="drover-fold__body" id={`${id}-body`}>
          {children}
        </div>
      )}
    </div>
  );
}
