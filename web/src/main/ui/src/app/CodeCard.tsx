// SPDX-License-Identifier: Apache-2.0
import { ClipboardCopyButton, CodeBlock, CodeBlockAction, CodeBlockCode } from "@patternfly/react-core";
import { useEffect, useId, useState } from "react";
import { copy } from "./clipboard";

interface Props {
  code: string;
  /** What is to be seen instead, where that is not all that is copied. */
  shown?: string;
  /** What is copied, for people who hear the button. */
  label: string;
  testId?: string;
}

/** Text in a fixed font that can be copied. */
export function CodeCard({ code, shown = code, label, testId }: Props) {
  const [copied, setCopied] = useState(false);
  const id = useId();
  useEffect(() => {
    if (!copied) {
      return;
    }
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <CodeBlock
      className="drover-code"
      actions={
        <CodeBlockAction>
          <ClipboardCopyButton
            id={`copy-${id}`}
            textId={id}
            aria-label={`Copy ${label}`}
            onClick={() => void copy(code).then(() => setCopied(true))}
            exitDelay={600}
            variant="plain"
          >
            {copied ? "Copied" : "Copy"}
          </ClipboardCopyButton>
        </CodeBlockAction>
      }
    >
      <CodeBlockCode id={id} data-testid={testId} tabIndex={0} role="region" aria-label={label}>
        {shown}
      </CodeBlockCode>
    </CodeBlock>
  );
}
