// SPDX-License-Identifier: Apache-2.0
import { Link } from "react-router";
import type { Job, Task } from "../api/types";
import { shortId } from "../app/format";

interface Props {
  job: Job;
  tasks: readonly Task[];
  /** After the id. */
  note?: string;
}

/** A job in a list: what it does, and the id that tells it from its neighbours. */
export function JobName({ job, tasks, note }: Props) {
  return (
    <>
      <Link to={`/jobs/${job.id}`} className="drover-jobs__title">
        {tasks.find(({ name }) => name === job.task)?.title ?? job.task}
      </Link>
      <div className="drover-subtle drover-mono" title={job.id}>
        {shortId(job.id)}
        {note && ` · ${note}`}
      </div>
    </>
  );
}
