// SPDX-License-Identifier: Apache-2.0
import type { Session } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { humanise, shortId } from "../app/format";
import { useNotices } from "../app/notices";
import { endSession } from "./sessions";

interface Props {
  session: Session;
  onClose: () => void;
  onEnded: () => void;
}

export function EndDialog({ session, onClose, onEnded }: Props) {
  const notices = useNotices();
  const end = async () => {
    const { status } = await endSession(session.id);
    notices.success(status === "dead" ? "The session is terminated" : "The session is being terminated");
    onEnded();
  };
  return (
    <ActionDialog
      title={`Terminate ${humanise(session.engine)} …${shortId(session.id)}?`}
      description="Its browser is closed at once, with all of its pages, and whoever is connected loses them."
      confirm="Terminate"
      dismiss="Keep it"
      isDanger
      act={end}
      onClose={onClose}
    />
  );
}
