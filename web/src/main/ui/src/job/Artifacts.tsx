// SPDX-License-Identifier: Apache-2.0
import { Button, Card, CardBody, CardHeader, CardTitle, Skeleton } from "@patternfly/react-core";
import DownloadIcon from "@patternfly/react-icons/dist/esm/icons/download-icon";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { fetchBlob } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import type { Artifact, Job } from "../api/types";
import { bytes, humanise } from "../app/format";
import { useNotices } from "../app/notices";
import { ProblemAlert } from "../app/ProblemAlert";
import { artifactPath, isTrace, tracePath } from "./artifactPath";
import { save } from "./save";

/** What a job left behind: its pictures to look at, and everything to download. */
export function Artifacts({ job }: { job: Job }) {
  const artifacts = job.artifacts ?? [];
  const pictures = artifacts.filter(isPicture);
  if (artifacts.length === 0) {
    return null;
  }
  return (
    <>
      {pictures.length > 0 && (
        <Card>
          <CardHeader>
            <CardTitle component="h2">{pictures.length === 1 ? "Picture" : "Pictures"}</CardTitle>
          </CardHeader>
          <CardBody className={pictures.length > 1 ? "drover-pictures" : undefined}>
            {pictures.map((picture) => (
              <Picture key={`${picture.name} ${picture.sha256}`} path={artifactPath(job.id, picture.name)} name={picture.name} />
            ))}
          </CardBody>
        </Card>
      )}
      <Card>
        <CardHeader>
          <CardTitle component="h2">Files</CardTitle>
        </CardHeader>
        <CardBody>
          <ul className="drover-files" data-testid="files">
            {artifacts.map((artifact) => (
              <FileRow key={artifact.name} artifact={artifact} jobId={job.id} />
            ))}
          </ul>
        </CardBody>
      </Card>
    </>
  );
}

function Picture({ path, name }: { path: string; name: string }) {
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    const abort = new AbortController();
    let made: string | undefined;
    fetchBlob(path, abort.signal).then(
      (blob) => {
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      (error: unknown) => !abort.signal.aborted && setProblem(asProblem(error)),
    );
    return () => {
      abort.abort();
      if (made) {
        URL.revokeObjectURL(made);
      }
    };
  }, [path]);

  if (problem) {
    return <ProblemAlert problem={problem} title={`${name} could not be loaded`} />;
  }
  return url ? (
    <a href={url} target="_blank" rel="noreferrer" className="drover-picture" aria-label={`Open ${name} in a new tab`}>
      <img src={url} alt={name} data-testid="picture" />
    </a>
  ) : (
    <Skeleton height="16rem" screenreaderText={`Loading ${name}`} />
  );
}

function FileRow({ artifact, jobId }: { artifact: Artifact; jobId: string }) {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      save(await fetchBlob(artifactPath(jobId, artifact.name)), artifact.name);
    } catch (error) {
      notices.failure(`${artifact.name} could not be downloaded`, error);
    }
    setBusy(false);
  };
  return (
    <li className="drover-files__row">
      <div>
        <div className="drover-break">{artifact.name}</div>
        <div className="drover-subtle">
          {humanise(artifact.kind)} · {bytes(artifact.size)}
          {artifact.attempt > 1 && ` · Attempt ${artifact.attempt}`}
        </div>
      </div>
      <div className="drover-actions">
        {isTrace(artifact) && (
          <Button
            variant="primary"
            size="sm"
            aria-label={`Open trace ${artifact.name}`}
            component={(props) => <Link {...props} to={tracePath(jobId, artifact.name)} />}
          >
            Open trace
          </Button>
        )}
        <Button
          variant="secondary"
          size="sm"
          icon={<DownloadIcon />}
          isLoading={isBusy}
          isDisabled={isBusy}
          onClick={() => void download()}
          aria-label={`Download ${artifact.name}`}
        >
          Download
        </Button>
      </div>
    </li>
  );
}

function isPicture({ content_type }: Artifact): boolean {
  return /^image\/(png|jpeg|webp|gif)$/.test(content_type);
}
