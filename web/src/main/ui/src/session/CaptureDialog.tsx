// SPDX-License-Identifier: Apache-2.0
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import type { Session } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { plural } from "../app/format";
import { useNotices } from "../app/notices";
import { captureSession, isCaptureName } from "./sessions";

/** Keeps what the session is signed in with under a name, for later sessions and jobs. */
export function CaptureDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const notices = useNotices();
  const [name, setName] = useState("");
  const [isTouched, setTouched] = useState(false);
  const fits = isCaptureName(name.trim());
  const isWrong = isTouched && !fits;

  const capture = async () => {
    const captured = await captureSession(session.id, name.trim());
    notices.success(`${captured.name} is captured, with ${plural(captured.cookies, "cookie")}`);
  };

  return (
    <ActionDialog
      title="Capture this session"
      description="Its cookies and storage are kept, encrypted, so that later sessions and jobs begin signed in. What you have captured under the same name before is replaced."
      confirm="Capture"
      isDisabled={!fits}
      act={capture}
      onClose={onClose}
    >
      <FormGroup label="Name" fieldId="capture-name" isRequired>
        <TextInput
          id="capture-name"
          value={name}
          maxLength={100}
          onChange={(_event, value) => setName(value)}
          onBlur={() => setTouched(true)}
          validated={isWrong ? "error" : "default"}
          placeholder="shop-as-ada"
          aria-describedby="capture-name-help"
          spellCheck={false}
          isRequired
          autoFocus
        />
        <FormHelperText>
          <HelperText id="capture-name-help" isLiveRegion>
            <HelperTextItem variant={isWrong ? "error" : "default"}>
              Letters, digits and . _ -, the first a letter or a digit.
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </ActionDialog>
  );
}
