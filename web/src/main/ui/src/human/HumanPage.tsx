// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, Progress, Skeleton, Title } from "@patternfly/react-core";
import { useCallback, useEffect, useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import type { HumanStep, JsonValue } from "../api/types";
import { humanise } from "../app/format";
import { Logo } from "../app/Logo";
import { ProblemAlert } from "../app/ProblemAlert";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { answerLink, codeOf, followLink, livePath, readLink } from "./question";
import { QuestionForm } from "./QuestionForm";

/** Only for a page whose stream does not come through. */
const LOOK_MS = 5_000;

/** What is behind the link that a person gets: one question, for whoever has the link, on any screen. */
export function HumanPage({ token }: { token: string }) {
  useTitle("Your turn");
  const [step, setStep] = useState<HumanStep>();
  const [problem, setProblem] = useState<Problem>();
  const isOpen = step?.is_open ?? false;
  const now = useNow(isOpen);
  const isGone = problem?.status === 404;

  useEffect(() => {
    if (isGone || (step && !step.is_open)) {
      return;
    }
    const ended = new AbortController();
    const look = async () => {
      try {
        setStep(await readLink(token, ended.signal));
        setProblem(undefined);
      } catch (error) {
        if (!ended.signal.aborted) {
          setProblem(asProblem(error));
        }
      }
    };
    const unfollow = followLink(token, {
      onCode: (code) => setStep((known) => known && { ...known, qr_code: code }),
      onChange: () => void look(),
    });
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => {
      ended.abort();
      clearInterval(timer);
      unfollow();
    };
  }, [token, isGone, step?.is_open]);

  const answer = useCallback(
    async (value: JsonValue) => setStep(await answerLink(token, value)),
    [token],
  );

  return (
    <main className="drover-login">
      <Card
        className={isOpen && livePath(step?.kind ?? "", token) ? "drover-question__wide" : "drover-login__card"}
        isLarge
      >
        <CardBody>
          <Logo size={32} />
          {problem && (
            <ProblemAlert
              problem={problem}
              title={isGone ? "This link is not good any more" : "The server does not answer"}
            />
          )}
          {!step && !problem && <Skeleton height="16rem" screenreaderText="Loading the question" />}
          {step && (
            <>
              <Title headingLevel="h1" size="xl" className="drover-question__title">
                {isOpen ? humanise(step.task) : ENDS[step.state] ?? "This is over"}
              </Title>
              {isOpen ? (
                <QuestionForm
                  key={step.step_id}
                  question={{
                    stepId: step.step_id,
                    kind: step.kind,
                    prompt: step.prompt,
                    choices: step.choices,
                    deadline: step.deadline,
                    live: livePath(step.kind, token),
                  }}
                  code={codeOf(step.qr_code as Record<string, unknown> | null | undefined, Date.now())}
                  now={now}
                  onAnswer={answer}
                />
              ) : (
                <p>You can close this page.</p>
              )}
              <Progress
                className="drover-question__progress"
                value={Math.round(step.progress)}
                title={humanise(step.stage ?? step.job_status)}
                size="sm"
              />
            </>
          )}
        </CardBody>
      </Card>
    </main>
  );
}

const ENDS: Record<string, string> = {
  answered: "Thank you",
  went_on: "Done: it goes on",
  expired: "The time is over",
};
