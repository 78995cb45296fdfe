// SPDX-License-Identifier: Apache-2.0
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { ActionDialog } from "../app/ActionDialog";
import { useNotices } from "../app/notices";
import { urlMistake } from "../app/url";
import { registerHost } from "./hosts";

/** Takes a machine into the list that is no node. */
export function RegisterDialog({ onClose, onRegistered }: { onClose: () => void; onRegistered: () => void }) {
  const notices = useNotices();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [capabilities, setCapabilities] = useState("");
  const [isTouched, setTouched] = useState(false);
  const mistake = urlMistake(url.trim());

  const register = async () => {
    const host = await registerHost({
      host_name: name.trim(),
      host_url: url.trim(),
      status: "available",
      capabilities: capabilities
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    });
    notices.success(`${host.host_name} is registered`);
    onRegistered();
  };

  return (
    <ActionDialog
      title="Register a machine"
      description="A machine that runs no Drover and does what it is told over HTTP. The server asks it every 20 seconds whether it lives, and takes it off the list when it has not answered for two minutes."
      confirm="Register"
      isDisabled={name.trim() === "" || mistake !== undefined}
      act={register}
      onClose={onClose}
    >
      <FormGroup label="Name" fieldId="host-name" isRequired>
        <TextInput
          id="host-name"
          value={name}
          maxLength={128}
          onChange={(_event, value) => setName(value)}
          placeholder="sunri-pi2"
          spellCheck={false}
          isRequired
          autoFocus
        />
      </FormGroup>
      <FormGroup label="Address" fieldId="host-url" isRequired>
        <TextInput
          id="host-url"
          type="url"
          value={url}
          maxLength={500}
          onChange={(_event, value) => setUrl(value)}
          onBlur={() => setTouched(true)}
          validated={isTouched && mistake ? "error" : "default"}
          placeholder="http://sunri-pi2:6109"
          aria-describedby="host-url-help"
          isRequired
        />
        <FormHelperText>
          <HelperText id="host-url-help" isLiveRegion>
            <HelperTextItem variant={isTouched && mistake ? "error" : "default"}>
              {isTouched && mistake ? mistake : "Where it answers /host/health and /host/remote/executeAction."}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label="What it can do" fieldId="host-capabilities">
        <TextInput
          id="host-capabilities"
          value={capabilities}
          onChange={(_event, value) => setCapabilities(value)}
          placeholder="Optional, for example mobile, eu-north"
          aria-describedby="host-capabilities-help"
        />
        <FormHelperText>
          <HelperText id="host-capabilities-help">
            <HelperTextItem>Words of your own, with commas between them.</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </ActionDialog>
  );
}
