// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Skeleton,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import { lazy, Suspense, useState } from "react";
import type { Job, JsonObject } from "../api/types";
import { CodeCard } from "../app/CodeCard";
import { bytes } from "../app/format";
import { save } from "./save";
import { StepsTable, stepsOf } from "./StepsTable";

const Markdown = lazy(() => import("./Markdown"));

/** More than this makes the page slow; the file has it all. */
const SHOWN = 100_000;

type View = "read" | "source" | "json";

/** A job's result: text as something to read where it is that, and JSON always. */
export function ResultCard({ job }: { job: Job }) {
  const page = pageOf(job.result);
  const steps = stepsOf(job.result);
  const [view, setView] = useState<View>(page?.format === "markdown" ? "read" : "source");
  if (job.result === undefined || job.result === null) {
    return null;
  }
  const json = pretty(job.result);
  // The table tells the steps; what else there is follows it.
  const rest = steps ? withoutSteps(job.result as JsonObject) : job.result;
  return (
    <Card data-testid="result">
      <CardHeader
        actions={
          page && {
            hasNoOffset: true,
            actions: (
              <ToggleGroup isCompact aria-label="How to show the result">
                {page.format === "markdown" && (
                  <ToggleGroupItem
                    text="Read"
                    buttonId="result-read"
                    isSelected={view === "read"}
                    onChange={() => setView("read")}
                  />
                )}
                <ToggleGroupItem
                  text={SOURCES[page.format] ?? "Text"}
                  buttonId="result-source"
                  isSelected={view === "source"}
                  onChange={() => setView("source")}
                />
                <ToggleGroupItem
                  text="JSON"
                  buttonId="result-json"
                  isSelected={view === "json"}
                  onChange={() => setView("json")}
                />
              </ToggleGroup>
            ),
          }
        }
      >
        <CardTitle component="h2">Result</CardTitle>
      </CardHeader>
      <CardBody>
        {steps && <StepsTable steps={steps} />}
        {page && view === "read" && (
          <Suspense fallback={<Skeleton height="8rem" screenreaderText="Loading" />}>
            <Markdown text={page.content.slice(0, SHOWN)} />
          </Suspense>
        )}
        {page && view === "source" && <Code text={page.content} label="content" />}
        {(page ? view === "json" : rest !== undefined) && <Code text={page ? json : pretty(rest)} label="result" />}
        <Button
          variant="link"
          isInline
          className="drover-result__save"
          onClick={() => save(new Blob([json], { type: "application/json" }), `${job.task}-${job.id}.json`)}
        >
          Save as JSON
        </Button>
      </CardBody>
    </Card>
  );
}

function Code({ text, label }: { text: string; label: string }) {
  const isCut = text.length > SHOWN;
  return (
    <>
      <CodeCard code={isCut ? text.slice(0, SHOWN) : text} label={label} testId={`result-${label}`} />
      {isCut && (
        <p className="drover-subtle">This is the beginning of {bytes(new Blob([text]).size)}. Save it to see it all.</p>
      )}
    </>
  );
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function withoutSteps({ steps: _steps, ...rest }: JsonObject): JsonObject | undefined {
  return Object.keys(rest).length > 0 ? rest : undefined;
}

const SOURCES: Record<string, string> = { markdown: "Markdown", html: "HTML", text: "Text" };

interface PageContent {
  format: string;
  content: string;
}

function pageOf(result: unknown): PageContent | undefined {
  const it = result as Partial<PageContent> | null | undefined;
  return typeof it?.content === "string" && typeof it.format === "string" ? (it as PageContent) : undefined;
}
