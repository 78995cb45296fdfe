// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader, CardTitle, Skeleton, Slider } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { fetchBlob } from "../api/client";
import type { Session, SessionFrame } from "../api/types";
import { useResource } from "../api/useResource";
import { ProblemAlert } from "../app/ProblemAlert";
import { exactTime, Time } from "../app/Time";
import { isOpen, listFrames } from "./sessions";

const POLL_MS = 10_000;

/** What the page of a session looked like, picture by picture; nothing while there is none. */
export function FrameCard({ session, now }: { session: Session; now: number }) {
  const { value, problem, reload } = useResource(
    session.id,
    (signal) => listFrames(session.id, signal),
    isOpen(session) ? POLL_MS : undefined,
  );
  // By its time, so that it stays while the oldest ones go and new ones come; undefined for the newest.
  const [chosen, setChosen] = useState<string>();
  const frames = value?.items ?? [];
  const found = frames.findIndex(({ taken_at }) => taken_at === chosen);
  const shown = found < 0 ? frames.length - 1 : found;
  const frame = frames[shown];

  if (!frame && !problem) {
    return null;
  }
  return (
    <Card data-testid="frames" data-count={frames.length}>
      <CardHeader>
        <CardTitle component="h2">Timeline</CardTitle>
      </CardHeader>
      <CardBody>
        {problem && <ProblemAlert problem={problem} title="The timeline could not be loaded" onRetry={reload} />}
        {frame && (
          <>
            <Picture frame={frame} />
            {frames.length > 1 && (
              <Slider
                className="drover-frames__slider"
                thumbAriaLabel="Picture"
                showBoundaries={false}
                min={1}
                max={frames.length}
                value={shown + 1}
                onChange={(_event, place) =>
                  setChosen(place === frames.length ? undefined : frames[place - 1]?.taken_at)
                }
              />
            )}
            <p className="drover-subtle" data-testid="frame-place">
              {shown + 1} of {frames.length}, taken <Time at={frame.taken_at} now={now} />
            </p>
          </>
        )}
      </CardBody>
    </Card>
  );
}

function Picture({ frame }: { frame: SessionFrame }) {
  const { value: picture, problem } = useResource(frame.image_url, (signal) => fetchBlob(frame.image_url, signal));
  const [url, setUrl] = useState<string>();

  useEffect(() => {
    if (picture) {
      const made = URL.createObjectURL(picture);
      setUrl(made);
      return () => URL.revokeObjectURL(made);
    }
  }, [picture]);

  if (problem) {
    return <ProblemAlert problem={problem} title="The picture could not be loaded" />;
  }
  return url ? (
    <img className="drover-frames__picture" src={url} alt={`The page at ${exactTime(frame.taken_at)}`} />
  ) : (
    <Skeleton height="12rem" screenreaderText="Loading the picture" />
  );
}
