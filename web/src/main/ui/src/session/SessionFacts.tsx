// SPDX-License-Identifier: Apache-2.0
import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  ClipboardCopy,
  DescriptionList,
  Label,
  LabelGroup,
} from "@patternfly/react-core";
import type { Session } from "../api/types";
import { copy } from "../app/clipboard";
import { Fact } from "../app/Fact";
import { countdown, humanise } from "../app/format";
import { Time } from "../app/Time";
import { isOpen, timeLeft } from "./sessions";

export function SessionFacts({ session, now }: { session: Session; now: number }) {
  const labels = Object.entries(session.labels);
  return (
    <Card>
      <CardHeader>
        <CardTitle component="h2">Details</CardTitle>
      </CardHeader>
      <CardBody>
        <DescriptionList isHorizontal isCompact className="drover-facts">
          <Fact name="ID">
            <ClipboardCopy
              variant="inline-compact"
              hoverTip="Copy"
              clickTip="Copied"
              isCode
              onCopy={() => void copy(session.id)}
            >
              {session.id}
            </ClipboardCopy>
          </Fact>
          {isOpen(session) && (
            <Fact name="Ends in">
              <span data-testid="ends-in" data-at={session.expires_at}>
                {timeLeft(session, now)}
              </span>
            </Fact>
          )}
          {session.ended_at && (
            <Fact name="Ended">
              <Time at={session.ended_at} now={now} />
            </Fact>
          )}
          <Fact name="Idle time">{countdown(session.idle_ttl_seconds * 1000)}</Fact>
          <Fact name="Longest life">{countdown(session.max_ttl_seconds * 1000)}</Fact>
          <Fact name="Engine">
            {humanise(session.engine)}, {session.headless ? "headless" : "with a window"}
          </Fact>
          <Fact name="Host">
            <span className="drover-break">{session.host}</span>
          </Fact>
          <Fact name="User">{session.user_id}</Fact>
          <Fact name="Launched">
            <Time at={session.created_at} now={now} />
          </Fact>
          <Fact name="Last used">
            <Time at={session.last_seen_at} now={now} />
          </Fact>
          {session.start_url && (
            <Fact name="First page">
              <span className="drover-break">{session.start_url}</span>
            </Fact>
          )}
          {session.captured_session && <Fact name="Began as captured">{session.captured_session}</Fact>}
          {labels.length > 0 && (
            <Fact name="Labels">
              <LabelGroup numLabels={8}>
                {labels.map(([name, value]) => (
                  <Label key={name} isCompact>{`${name}: ${value}`}</Label>
                ))}
              </LabelGroup>
            </Fact>
          )}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}
