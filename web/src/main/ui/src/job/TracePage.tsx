// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, PageSection, Skeleton } from "@patternfly/react-core";
import DownloadIcon from "@patternfly/react-icons/dist/esm/icons/download-icon";
import { useEffect, useRef } from "react";
import { useParams, useSearchParams } from "react-router";
import { fetchBlob } from "../api/client";
import { useResource } from "../api/useResource";
import { shortId } from "../app/format";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";
import { artifactPath } from "./artifactPath";
import { save } from "./save";

/** How often the viewer is asked to take the trace: it listens once its service worker runs, and says nothing then. */
const KNOCK_MS = 250;

/** A trace in Playwright's own viewer, which runs in a frame and never sees the token. */
export default function TracePage() {
  const { id = "" } = useParams();
  const name = useSearchParams()[0].get("name") ?? "trace.zip";
  useTitle(`Trace ${shortId(id)}`);
  const path = artifactPath(id, name);
  const { value: trace, problem, reload } = useResource(path, (signal) => fetchBlob(path, signal));
  return (
    <>
      <PageHeader
        title="Trace"
        subtitle={name}
        parent={{ to: `/jobs/${encodeURIComponent(id)}`, label: `Job ${shortId(id)}`, here: "Trace" }}
        actions={
          trace && (
            <Button variant="secondary" icon={<DownloadIcon />} onClick={() => save(trace, name)}>
              Download
            </Button>
          )
        }
      />
      <PageSection isFilled aria-label="Trace">
        {problem && <ProblemAlert problem={problem} title="The trace could not be loaded" onRetry={reload} />}
        {!trace && !problem && <Skeleton height="20rem" screenreaderText="Loading the trace" />}
        {trace && (window.isSecureContext ? <Viewer trace={trace} name={name} /> : <NeedsHttps />)}
      </PageSection>
    </>
  );
}

function NeedsHttps() {
  return (
    <Alert isInline variant="info" title="The viewer needs https, or this machine's own address">
      It runs as a service worker, which browsers allow nowhere else. Download the trace and open it with{" "}
      <code>npx playwright show-trace</code>.
    </Alert>
  );
}

function Viewer({ trace, name }: { trace: Blob; name: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const viewer = frame.current?.contentWindow;
      if (!viewer || viewer.location.origin !== window.location.origin) {
        return;
      }
      if (new URLSearchParams(viewer.location.search).has("trace")) {
        clearInterval(timer); // It has taken the trace.
      } else {
        viewer.postMessage({ method: "load", params: { trace } }, window.location.origin);
      }
    }, KNOCK_MS);
    return () => clearInterval(timer);
  }, [trace]);
  return <iframe ref={frame} src="/trace-viewer/index.html" title={`Trace viewer: ${name}`} className="drover-trace__frame" />;
}
