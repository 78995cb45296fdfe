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
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { asProblem, type Problem } from "../api/problem";
import type { JsonObject, Task } from "../api/types";
import { CodeCard } from "../app/CodeCard";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { FormContext } from "../task/FormContext";
import { Fold } from "../task/Fold";
import { Help } from "../task/FieldGroup";
import { Properties } from "../task/ObjectFields";
import { type Messages, messagesOf } from "../task/pointer";
import { fieldOf } from "../task/schema";
import { validate } from "../task/validate";
import { submitJob } from "./jobs";
import { PARAMS, ParamsAsJson } from "./ParamsAsJson";
import { curlOf, type Draft, newKey, optionsSchema, requestOf } from "./request";

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
  const [mistakes, setMistakes] = useState<Messages>({});
  const [unfinished, setUnfinished] = useState<Messages>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLDivElement>(null);
  const lastTry = useRef({ body: "", key: "" });

  const request = requestOf(task.name, draft);
  const messages = useMemo(() => ({ ...mistakes, ...unfinished }), [mistakes, unfinished]);
  const report = useCallback((pointer: string, mistake: string | undefined) => {
    setUnfinished((old) => {
      if (old[pointer] === mistake) {
        return old;
      }
      const { [pointer]: _old, ...rest } = old;
      return mistake === undefined ? rest : { ...rest, [pointer]: mistake };
    });
  }, []);
  const paramsContext = useMemo(() => ({ root: schema, messages, report }), [schema, messages, report]);
  const optionsContext = useMemo(() => ({ root: options, messages, report }), [options, messages, report]);

  useEffect(() => {
    if (tries > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [tries]);

  const change = (part: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...part }));
    setMistakes({});
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const found = {
      ...validate(request.params as JsonObject, schema, schema, PARAMS),
      ...validate(draft.options, options, options, ""),
    };
    setMistakes(found);
    if (Object.keys(found).length + Object.keys(unfinished).length > 0) {
      setTries((n) => n + 1);
      return;
    }
    // The same request after a lost answer keeps its key, so that it makes one job and not two.
    const body = JSON.stringify(request);
    if (lastTry.current.body !== body) {
      lastTry.current = { body, key: newKey() };
    }
    setBusy(true);
    try {
      const job = await submitJob(request, lastTry.current.key);
      void navigate(`/jobs/${job.id}`);
    } catch (error) {
      const refused = asProblem(error);
      lastTry.current = refused.status === 0 ? lastTry.current : { body: "", key: "" };
      setProblem(refused);
      setMistakes(messagesOf(refused.errors ?? []));
      setTries((n) => n + 1);
      setBusy(false);
    }
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
        <div className="drover-columns" ref={form}>
          <Form onSubmit={(event) => void submit(event)} noValidate aria-label="New job">
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
                <CodeCard code={curlOf(request, window.location.origin)} label="curl command" testId="curl" />
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
