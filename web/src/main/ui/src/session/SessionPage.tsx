// SPDX-License-Identifier: Apache-2.0
import {
  Alert,
  Button,
  Card,
  CardBody,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  PageSection,
  Skeleton,
} from "@patternfly/react-core";
import ExternalLinkAltIcon from "@patternfly/react-icons/dist/esm/icons/external-link-alt-icon";
import HistoryIcon from "@patternfly/react-icons/dist/esm/icons/history-icon";
import { useState } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import type { Session } from "../api/types";
import { useResource } from "../api/useResource";
import { humanise, shortId } from "../app/format";
import { useNotices } from "../app/notices";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { LiveScreen } from "../live/LiveScreen";
import { CaptureDialog } from "./CaptureDialog";
import { ConnectCard } from "./ConnectCard";
import { EndDialog } from "./EndDialog";
import { FrameCard } from "./FrameCard";
import { SessionFacts } from "./SessionFacts";
import { endOf, endsSoon, getSession, isOpen, livePath, timeLeft, touchSession } from "./sessions";
import { StatusLabel } from "./StatusLabel";

const POLL_MS = 3_000;

export default function SessionPage() {
  const { id = "" } = useParams();
  // A page of its own for every session: nothing of the one before may show.
  return <SessionView key={id} id={id} />;
}

function SessionView({ id }: { id: string }) {
  const { value: session, problem, reload } = useResource(id, (signal) => getSession(id, signal), POLL_MS);
  const now = useNow(session !== undefined && isOpen(session));
  const title = session ? `${humanise(session.engine)} session` : "Session";
  useTitle(`${title} ${shortId(id)}`);
  const parent = { to: "/sessions", label: "Sessions", here: shortId(id) };

  if (!session) {
    const isGone = problem?.status === 404;
    return (
      <>
        <PageHeader title={isGone ? "There is no such session" : "Session"} parent={parent} />
        <PageSection isFilled>
          {problem ? (
            <ProblemAlert
              problem={problem}
              title={
                isGone ? "It may have ended long ago, or belong to somebody else" : "The session could not be loaded"
              }
              onRetry={isGone ? undefined : reload}
            />
          ) : (
            <Skeleton height="20rem" screenreaderText="Loading the session" />
          )}
        </PageSection>
      </>
    );
  }

  return (
    <>
      <PageHeader
        title={title}
        parent={parent}
        beside={<StatusLabel status={session.status} />}
        actions={isOpen(session) && <Actions session={session} onDone={reload} />}
      />
      <PageSection isFilled aria-label="Session">
        {problem && <ProblemAlert problem={problem} title="The session could not be read again" onRetry={reload} />}
        {session.problem && (
          <Alert component="p" isInline variant="warning" title={session.problem} data-testid="session-problem" />
        )}
        {isOpen(session) && endsSoon(session, now) && (
          <Alert
            component="p"
            isInline
            variant="warning"
            title={`It ends in ${timeLeft(session, now)} unless it is used or extended. To watch is not to use.`}
          />
        )}
        {isOpen(session) && <WindowPassword />}
        <div className="drover-stack">
          {isOpen(session) ? <Screen session={session} onEnded={reload} /> : <Ended session={session} />}
          <div className="drover-columns">
            {isOpen(session) && <ConnectCard session={session} />}
            <SessionFacts session={session} now={now} />
            <FrameCard session={session} now={now} />
          </div>
        </div>
      </PageSection>
    </>
  );
}

/** Of the session's window, for whoever has just launched it with one. */
function WindowPassword() {
  const { vncPassword } = (useLocation().state ?? {}) as { vncPassword?: string };
  return (
    vncPassword && (
      <Alert isInline variant="info" component="p" title="The window asks for this password">
        <code data-testid="vnc-password">{vncPassword}</code> Keep it: the server does not tell it again.
      </Alert>
    )
  );
}

function Actions({ session, onDone }: { session: Session; onDone: () => void }) {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const [isCapturing, setCapturing] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const extend = async () => {
    setBusy(true);
    try {
      await touchSession(session.id);
      notices.success("The idle time begins anew");
    } catch (error) {
      notices.failure("The session could not be extended", error);
    }
    setBusy(false);
    onDone();
  };
  return (
    <div className="drover-actions">
      {session.vnc_enabled && session.vnc?.http && (
        <Button
          variant="link"
          component="a"
          href={session.vnc.http}
          target="_blank"
          rel="noreferrer"
          icon={<ExternalLinkAltIcon />}
          iconPosition="end"
        >
          Window (VNC)
        </Button>
      )}
      <Button variant="secondary" isLoading={isBusy} isDisabled={isBusy} onClick={() => void extend()}>
        Extend
      </Button>
      <Button variant="secondary" onClick={() => setCapturing(true)}>
        Capture
      </Button>
      <Button variant="secondary" isDanger onClick={() => setEnding(true)}>
        Terminate
      </Button>
      {isCapturing && <CaptureDialog session={session} onClose={() => setCapturing(false)} />}
      {isEnding && <EndDialog session={session} onClose={() => setEnding(false)} onEnded={onDone} />}
    </div>
  );
}

function Screen({ session, onEnded }: { session: Session; onEnded: () => void }) {
  const live = livePath(session);
  return (
    <Card>
      <CardBody>
        {live ? (
          <LiveScreen url={live} onEnded={onEnded} />
        ) : (
          <EmptyState variant="sm" titleText={`${humanise(session.engine)} has no live view`} headingLevel="h2">
            <EmptyStateBody>Only Chromium has one. Drive this session with Playwright, as shown below.</EmptyStateBody>
          </EmptyState>
        )}
      </CardBody>
    </Card>
  );
}

function Ended({ session }: { session: Session }) {
  const navigate = useNavigate();
  const isEnding = session.status === "terminating";
  return (
    <Card>
      <CardBody>
        <EmptyState
          variant="sm"
          titleText={isEnding ? "The session is ending" : "The session has ended"}
          headingLevel="h2"
          icon={HistoryIcon}
          data-testid="session-ended"
          data-reason={session.close_reason}
        >
          <EmptyStateBody>{endOf(session)}</EmptyStateBody>
          <EmptyStateFooter>
            <EmptyStateActions>
              <Button onClick={() => void navigate("/sessions/new")}>Launch another</Button>
            </EmptyStateActions>
          </EmptyStateFooter>
        </EmptyState>
      </CardBody>
    </Card>
  );
}
