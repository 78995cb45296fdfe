// SPDX-License-Identifier: Apache-2.0
import { Button, Label, LabelGroup, Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import type { Session } from "../api/types";
import { humanise, shortId } from "../app/format";
import { Time } from "../app/Time";
import { endsSoon, isOpen, timeLeft } from "./sessions";
import { StatusLabel } from "./StatusLabel";
import { Thumbnail } from "./Thumbnail";

const COLUMNS = ["Session", "Status", "Host", "Launched", "Ends in"] as const;

interface Props {
  sessions: Session[];
  now: number;
  onEnd: (session: Session) => void;
}

export function SessionTable({ sessions, now, onEnd }: Props) {
  return (
    <Table aria-label="Sessions" variant="compact" gridBreakPoint="" className="drover-sessions">
      <Head />
      <Tbody>
        {sessions.map((session) => (
          <Row key={session.id} session={session} now={now} onEnd={() => onEnd(session)} />
        ))}
      </Tbody>
    </Table>
  );
}

/** The table's shape while the sessions are still on their way. */
export function SessionTableSkeleton() {
  return (
    <Table aria-label="Loading sessions" variant="compact" gridBreakPoint="" className="drover-sessions" aria-busy>
      <Head />
      <Tbody>
        {[70, 60, 80].map((width) => (
          <Tr key={width}>
            {COLUMNS.map((column) => (
              <Td key={column} dataLabel={column}>
                <Skeleton width={`${width}%`} screenreaderText="Loading" />
              </Td>
            ))}
            <Td />
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Head() {
  return (
    <Thead>
      <Tr>
        {COLUMNS.map((column) => (
          <Th key={column}>{column}</Th>
        ))}
        <Th screenReaderText="Actions" />
      </Tr>
    </Thead>
  );
}

function Row({ session, now, onEnd }: { session: Session; now: number; onEnd: () => void }) {
  const { id, status, engine, headless, host, created_at, ended_at, close_reason, user_id } = session;
  const labels = Object.entries(session.labels);
  const isAlive = isOpen(session);
  return (
    <Tr data-testid="session-row" data-session={id}>
      <Td dataLabel={COLUMNS[0]} className="drover-sessions__session">
        <div className="drover-sessions__name">
          <Link to={`/sessions/${id}`} className="drover-sessions__picture" tabIndex={-1} aria-hidden>
            <Thumbnail session={session} />
          </Link>
          <div>
            <Link to={`/sessions/${id}`} className="drover-sessions__title">
              {humanise(engine)} <span className="drover-mono">…{shortId(id)}</span>
            </Link>
            <div className="drover-subtle drover-small">
              {headless ? "headless" : "with a window"} · {user_id}
            </div>
            {labels.length > 0 && (
              <LabelGroup numLabels={3} aria-label={`Labels of ${shortId(id)}`}>
                {labels.map(([name, value]) => (
                  <Label key={name} isCompact variant="outline">{`${name}: ${value}`}</Label>
                ))}
              </LabelGroup>
            )}
          </div>
        </div>
      </Td>
      <Td dataLabel={COLUMNS[1]} modifier="fitContent" className="drover-sessions__status">
        <StatusLabel status={status} />
      </Td>
      <Td dataLabel={COLUMNS[2]} className="drover-sessions__host drover-break">
        {host}
      </Td>
      <Td dataLabel={COLUMNS[3]} modifier="nowrap" className="drover-sessions__created">
        <Time at={created_at} now={now} />
      </Td>
      <Td dataLabel={COLUMNS[4]} modifier="nowrap" className="drover-sessions__left">
        {isAlive ? (
          <span className={endsSoon(session, now) ? "drover-soon" : undefined} data-testid="time-left">
            {timeLeft(session, now)}
          </span>
        ) : (
          <span className="drover-subtle">
            {humanise(close_reason ?? "ended")}
            {ended_at && (
              <>
                {" · "}
                <Time at={ended_at} now={now} />
              </>
            )}
          </span>
        )}
      </Td>
      <Td isActionCell modifier="fitContent" className="drover-sessions__actions">
        {isAlive && (
          <Button variant="link" isInline isDanger onClick={onEnd} aria-label={`Terminate session ${shortId(id)}`}>
            Terminate
          </Button>
        )}
      </Td>
    </Tr>
  );
}
