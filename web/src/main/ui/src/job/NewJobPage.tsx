// SPDX-License-Identifier: Apache-2.0
import { PageSection, Skeleton } from "@patternfly/react-core";
import { useSearchParams } from "react-router";
import { useResource } from "../api/useResource";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";
import { TaskGallery } from "../task/TaskGallery";
import { useTasks } from "../task/tasks";
import { getJob } from "./jobs";
import { NewJobForm } from "./NewJobForm";
import { draftOf } from "./request";

/** `/new`: choose a task. `/new?task=`: fill in its form. `/new?from=`: the same, with what a job was given. */
export default function NewJobPage() {
  useTitle("New job");
  const [search] = useSearchParams();
  const from = search.get("from");
  const origin = useResource(`job ${from}`, (signal) => (from ? getJob(from, signal) : Promise.resolve(undefined)));
  const { value: tasks, problem, reload } = useTasks();

  const name = from ? origin.value?.task : (search.get("task") ?? undefined);
  const task = tasks?.find((it) => it.name === name);
  const isLoading = !tasks || (from !== null && !origin.value);

  if (problem || origin.problem) {
    return (
      <>
        <PageHeader title="New job" />
        <PageSection isFilled>
          {problem && <ProblemAlert problem={problem} title="The tasks could not be loaded" onRetry={reload} />}
          {origin.problem && (
            <ProblemAlert
              problem={origin.problem}
              title="The job to run again could not be loaded"
              onRetry={origin.reload}
            />
          )}
        </PageSection>
      </>
    );
  }
  if (task && !isLoading) {
    return <NewJobForm key={`${task.name} ${from}`} task={task} start={origin.value && draftOf(origin.value, task)} />;
  }
  if (name !== undefined && isLoading) {
    return (
      <>
        <PageHeader title="New job" />
        <PageSection isFilled>
          <Skeleton height="20rem" screenreaderText="Loading the form" />
        </PageSection>
      </>
    );
  }
  return (
    <>
      <PageHeader title="New job" subtitle="What should the browser do?" />
      <PageSection isFilled>
        {name !== undefined && (
          <ProblemAlert
            problem={{
              title: `This server has no task “${name}”`,
              status: 0,
              detail: "Choose one of those that it has.",
            }}
          />
        )}
        <TaskGallery tasks={tasks} />
      </PageSection>
    </>
  );
}
