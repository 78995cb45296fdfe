// SPDX-License-Identifier: Apache-2.0
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { ActionDialog } from "../app/ActionDialog";
import { useNotices } from "../app/notices";
import { drain } from "./drain";

const MOST_SECONDS = 86_400;

interface Props {
  /** As in addresses. */
  host: string;
  /** What it is called; the node that answers where nothing is said. */
  name?: string;
  onClose: () => void;
  onDrained: () => void;
}

export function DrainDialog({ host, name, onClose, onDrained }: Props) {
  const notices = useNotices();
  const [text, setText] = useState("60");
  const seconds = Number(text);
  const isWrong = !/^\d+$/.test(text.trim()) || seconds > MOST_SECONDS;

  const begin = async () => {
    const { state } = await drain(host, seconds);
    const node = name ?? "This node";
    notices.success(state === "drained" ? `${node} is drained` : `${node} drains`);
    onDrained();
  };

  return (
    <ActionDialog
      title={`Drain ${name ?? "this node"}?`}
      description="It takes no more jobs until you let it. What runs may end until the deadline, and goes back to the queue then without losing an attempt."
      confirm="Drain"
      isDisabled={isWrong}
      act={begin}
      onClose={onClose}
    >
      <FormGroup label="Deadline in seconds" fieldId="drain-seconds">
        <TextInput
          id="drain-seconds"
          type="number"
          min={0}
          max={MOST_SECONDS}
          value={text}
          onChange={(_event, value) => setText(value)}
          validated={isWrong ? "error" : "default"}
          aria-describedby="drain-help"
          autoFocus
        />
        <FormHelperText>
          <HelperText id="drain-help" isLiveRegion>
            <HelperTextItem variant={isWrong ? "error" : "default"}>
              {isWrong ? `A whole number from 0 to ${MOST_SECONDS}.` : "From now on. 0 hands everything back at once."}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </ActionDialog>
  );
}
