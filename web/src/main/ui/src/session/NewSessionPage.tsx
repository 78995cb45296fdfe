// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Form,
  PageSection,
  Skeleton,
} from "@patternfly/react-core";
import PlayIcon from "@patternfly/react-icons/dist/esm/icons/play-icon";
import { type FormEvent, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { JsonObject } from "../api/types";
import { useResource } from "../api/useResource";
import { CodeCard } from "../app/CodeCard";
import { curlPost } from "../app/curl";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";
import { listHosts } from "../host/hosts";
import { useCaller } from "../security/caller";
import { FormContext } from "../task/FormContext";
import { Properties } from "../task/ObjectFields";
import { fieldOf } from "../task/schema";
import { useSubmission } from "../task/useSubmission";
import { validate } from "../task/validate";
import { type Offer, offerOf, requestOf, sessionSchema } from "./request";
import { listCaptured, listWorkers, openSession } from "./sessions";

const TITLE = "Launch a session";

/** `/sessions/new`: what the session is to be. */
export default function NewSessionPage() {
  useTitle(TITLE);
  const me = useCaller()?.user_id;
  const { value, problem, reload } = useResource(`offer to ${me}`, async (signal) => {
    const [hosts, workers, captured] = await Promise.all([
      listHosts(signal),
      listWorkers(signal),
      listCaptured(signal),
    ]);
    return offerOf(hosts.items, workers, captured.items.filter(({ user_id }) => user_id === me));
  });
  return (
    <>
      <PageHeader
        title={TITLE}
        subtitle="A browser of its own, open until you end it or nobody uses it any more."
        parent={{ to: "/sessions", label: "Sessions", here: TITLE }}
      />
      <PageSection isFilled aria-label="The session">
        {problem && <ProblemAlert problem={problem} title="The browsers could not be listed" onRetry={reload} />}
        {!value && !problem && <Skeleton height="20rem" screenreaderText="Loading the form" />}
        {value && <NewSessionForm offer={value} />}
      </PageSection>
    </>
  );
}

function NewSessionForm({ offer }: { offer: Offer }) {
  const navigate = useNavigate();
  const schema = useMemo(() => sessionSchema(offer), [offer]);
  const [draft, setDraft] = useState<JsonObject>({});
  const submission = useSubmission();
  const { messages, report, problem, isBusy } = submission;
  const context = useMemo(() => ({ root: schema, messages, report }), [schema, messages, report]);
  const request = requestOf(draft);
  const field = fieldOf(schema, schema);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void submission.submit(validate(draft, schema, schema, ""), request, async (key) => {
      const session = await openSession(request, key);
      void navigate(`/sessions/${session.id}`, { state: { vncPassword: session.vnc?.password } });
    });
  };

  return (
    <div className="drover-columns" ref={submission.form}>
      <Form onSubmit={submit} noValidate aria-label={TITLE}>
        {problem && <ProblemAlert problem={problem} title="The session was not opened" />}
        <Card>
          <CardBody className="drover-fields">
            <FormContext value={context}>
              {field.kind === "object" && (
                <Properties
                  properties={field.properties}
                  value={draft}
                  onChange={(next) => {
                    setDraft(next);
                    submission.edited();
                  }}
                  pointer=""
                />
              )}
            </FormContext>
          </CardBody>
        </Card>
        <div className="drover-submit">
          <Button type="submit" icon={<PlayIcon />} isLoading={isBusy} isDisabled={isBusy}>
            Launch
          </Button>
          <Button variant="link" onClick={() => void navigate("/sessions")}>
            Cancel
          </Button>
        </div>
      </Form>
      <aside className="drover-aside" aria-label="The same request with curl">
        <Card>
          <CardHeader>
            <CardTitle component="h2">The same with curl</CardTitle>
          </CardHeader>
          <CardBody>
            <CodeCard
              code={curlPost(`${window.location.origin}/api/v1/sessions`, request)}
              label="curl command"
              testId="curl"
            />
          </CardBody>
        </Card>
      </aside>
    </div>
  );
}
