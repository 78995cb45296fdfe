// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Form,
  PageSection,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import PlayIcon from "@patternfly/react-icons/dist/esm/icons/play-icon";
import { type FormEvent, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { JsonObject, Task } from "../api/types";
import { CodeCard } from "../app/CodeCard";
import { curlPost } from "../app/curl";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { FormContext } from "../task/FormContext";
import { Fold } from "../task/Fold";
import { Help } from "../task/FieldGroup";
import { Properties } from "../task/ObjectFields";
import type { Messages } from "../task/pointer";
import { fieldOf } from "../task/schema";
import { useSubmission } from "../task/useSubmission";
import { validate } from "../task/validate";
import { submitJob } from "./jobs";
import { PARAMS, ParamsAsJson } from "./ParamsAsJson";
import { type Draft, optionsSchema, requestOf } from "./request";

interface Props {
  task: Task;
  /** What to begin with; nothing when absent. */
  start?: Draft;
}

export function NewJobForm({ task, start }: Props) {
  const navigate = useNavigate();
  const schema = task.params_schema as JsonObject;
  const options = useMemo(() => optionsSchema(task), [task]);
  const [draft, setDraft] = useState<Draft>(start ?? { params: {}, options: {} });
  const [mode, setMode] = useState<"form" | "json">("form");
  const submission = useSubmission();
  const { messages, report, mistakes, unfinished, problem, isBusy } = submission;

  const request = requestOf(task.name, draft);
  const paramsContext = useMemo(() => ({ root: schema, messages, report }), [schema, messages, report]);
  const optionsContext = useMemo(() => ({ root: options, messages, report }), [options, messages, report]);

  const change = (part: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...part }));
    submission.edited();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = {
      ...validate(request.params as JsonObject, schema, schema, PARAMS),
      ...validate(draft.options, options, options, ""),
    };
    void submission.submit(found, request, async (key) => {
      const job = await submitJob(request, key);
      void navigate(`/jobs/${job.id}`);
    });
  };

  const params = fieldOf(schema, schema);
  const isEmpty = Object.keys(draft.params).length === 0;

  return (
    <>
      <PageHeader
        title={task.title}
        subtitle={task.description}
        parent={{ to: "/new", label: "New job", here: task.title }}
      />
      <PageSection isFilled aria-label="The job">
        <div className="drover-columns" ref={submission.form}>
          <Form onSubmit={submit} noValidate aria-label="New job">
            {problem && <ProblemAlert problem={problem} title="The job was not accepted" />}
            <Card>
              <CardHeader
                hasWrap
                actions={{
                  hasNoOffset: true,
                  actions: (
                    <>
                      <Button variant="link" size="sm" onClick={() => change({ params: task.example as JsonObject })}>
                        {isEmpty ? "Fill in the example" : "Use the example"}
                      </Button>
                      <ToggleGroup isCompact aria-label="How to edit">
                        <ToggleGroupItem
                          text="Form"
                          buttonId="edit-form"
                          isSelected={mode === "form"}
                          isDisabled={PARAMS in unfinished}
                          onChange={() => setMode("form")}
                        />
                        <ToggleGroupItem
                          text="JSON"
                          buttonId="edit-json"
                          isSelected={mode === "json"}
                          onChange={() => setMode("json")}
                        />
                      </ToggleGroup>
                    </>
                  ),
                }}
              >
                <CardTitle component="h2">Parameters</CardTitle>
              </CardHeader>
              <CardBody className="drover-fields">
                <FormContext value={paramsContext}>
                  {mode === "form" && params.kind === "object" ? (
                    <>
                      <Help
                        pointer={PARAMS}
                        description={params.properties.length === 0 ? "This task has no parameters." : undefined}
                      />
                      <Properties
                        properties={params.properties}
                        value={draft.params}
                        onChange={(next) => change({ params: next })}
                        pointer={PARAMS}
                      />
                    </>
                  ) : (
                    <ParamsAsJson
                      params={draft.params}
                      onChange={(next) => change({ params: next })}
                      inside={firstMistake(mistakes)}
                    />
                  )}
                </FormContext>
              </CardBody>
            </Card>
            <Card>
              <CardBody>
                <FormContext value={optionsContext}>
                  <Fold
                    field={{
                      label: "Options",
                      description: "Priority, timeout, start time, browser and labels.",
                    }}
                    pointer="/options"
                    isRequired={false}
                    isFilled={Object.keys(start?.options ?? {}).length > 0}
                    isWrong={hasOptionMistake(messages)}
                  >
                    <OptionFields options={options} draft={draft} onChange={(next) => change({ options: next })} />
                  </Fold>
                </FormContext>
              </CardBody>
            </Card>
            <div className="drover-submit">
              <Button type="submit" icon={<PlayIcon />} isLoading={isBusy} isDisabled={isBusy}>
                Start the job
              </Button>
              <Button variant="link" onClick={() => void navigate("/jobs")}>
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
                <CodeCard code={curlPost(`${window.location.origin}/api/v1/jobs`, request)} label="curl command" testId="curl" />
              </CardBody>
            </Card>
          </aside>
        </div>
      </PageSection>
    </>
  );
}

interface OptionFieldsProps {
  options: JsonObject;
  draft: Draft;
  onChange: (options: JsonObject) => void;
}

function OptionFields({ options, draft, onChange }: OptionFieldsProps) {
  const field = fieldOf(options, options);
  return field.kind === "object" ? (
    <Properties properties={field.properties} value={draft.options} onChange={onChange} pointer="" />
  ) : null;
}

function firstMistake(mistakes: Messages): string | undefined {
  const [pointer] = Object.keys(mistakes).filter((at) => at.startsWith(`${PARAMS}/`));
  return pointer && `${pointer.slice(PARAMS.length)}: ${mistakes[pointer]}`;
}

function hasOptionMistake(mistakes: Messages): boolean {
  return Object.keys(mistakes).some((at) => !at.startsWith(PARAMS));
}
