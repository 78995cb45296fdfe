// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader, CardTitle } from "@patternfly/react-core";
import type { Job, JobEvent } from "../api/types";
import { answerJob, codeIn, questionIn } from "./question";
import { QuestionForm } from "./QuestionForm";

interface Props {
  job: Job;
  events: readonly JobEvent[];
  now: number;
}

/** What a job that waits asks of whoever looks at its page. */
export function QuestionCard({ job, events, now }: Props) {
  const question = questionIn(events);
  if (job.status !== "waiting_for_human" || !question) {
    return null;
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle component="h2">Your turn</CardTitle>
      </CardHeader>
      <CardBody>
        <QuestionForm
          key={question.stepId}
          question={question}
          code={codeIn(events, now)}
          now={now}
          onAnswer={(answer) => answerJob(job.id, question.stepId, answer)}
        />
      </CardBody>
    </Card>
  );
}
