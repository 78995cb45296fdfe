// SPDX-License-Identifier: Apache-2.0
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { ActionDialog } from "../app/ActionDialog";
import { useNotices } from "../app/notices";
import { drain } from "./drain";

const MOST_SECONDS = 86_400;

export function DrainDialog({ onClose, onDrained }: { onClose: () => void; onDrained: () => void }) {
  const notices = useNotices();
  const [text, setText] = useState("60");
  const seconds = Number(text);
  const isWrong = !/^\d+$/.test(text.trim()) || seconds > MOST_SECONDS;

  const begin = async () => {
    const { state } = await drain(seconds);
    notices.success(state === "drained" ? "This node is drained" : "This node drains");
    onDrained();
  };

  return (
    <ActionDialog
      title="Drain this node?"
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
