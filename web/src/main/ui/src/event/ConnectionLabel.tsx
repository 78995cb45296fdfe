// SPDX-License-Identifier: Apache-2.0
import { Label } from "@patternfly/react-core";
import { useNow } from "../app/useNow";
import type { Connection } from "./LiveSocket";

/** Whether what the page shows is live. */
export function ConnectionLabel({ connection }: { connection: Connection }) {
  const now = useNow(connection.state === "lost");
  const { text, status } = words(connection, now);
  return (
    <Label
      isCompact
      variant="outline"
      status={status}
      icon={<span className={`drover-dot drover-dot--${connection.state}`} />}
      data-testid="connection"
      data-state={connection.state}
      role="status"
    >
      {text}
    </Label>
  );
}

function words(connection: Connection, now: number): { text: string; status?: "success" | "warning" } {
  switch (connection.state) {
    case "open":
      return { text: "Live", status: "success" };
    case "connecting":
      return { text: "Connecting…" };
    case "lost": {
      if (connection.retryAt === null) {
        return { text: "Connection lost, trying again…", status: "warning" };
      }
      const seconds = Math.max(1, Math.ceil((connection.retryAt - now) / 1000));
      return { text: `Connection lost, retry in ${seconds} s`, status: "warning" };
    }
    case "ended":
      return { text: "Ended" };
  }
}
