// SPDX-License-Identifier: Apache-2.0
import { Button, Form, FormGroup, Spinner, TextInput } from "@patternfly/react-core";
import { type FormEvent, useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import type { JsonValue } from "../api/types";
import { countdown } from "../app/format";
import { ProblemAlert } from "../app/ProblemAlert";
import { LiveScreen } from "../live/LiveScreen";
import type { Code, Question } from "./question";

interface Props {
  question: Question;
  code?: Code;
  now: number;
  onAnswer: (answer: JsonValue) => Promise<unknown>;
}

/** A question with all that is needed to answer it: the code to scan, or the buttons and fields of its kind. */
export function QuestionForm({ question, code, now, onAnswer }: Props) {
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const left = Date.parse(question.deadline) - now;

  const answer = async (value: JsonValue) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onAnswer(value);
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  return (
    <div className="drover-question" data-testid="question">
      <p className="drover-question__prompt">{question.prompt}</p>
      {question.kind === "qr_login" && <CodePicture code={code} />}
      {question.live && (
        <div className="drover-question__page">
          <LiveScreen url={question.live} canNavigate={false} />
        </div>
      )}
      {problem && <ProblemAlert problem={problem} title="The answer was not taken" />}
      <Answers question={question} isBusy={isBusy} onAnswer={(value) => void answer(value)} />
      <p className="drover-subtle" data-testid="time-left">
        {left > 0 ? `${countdown(left)} left` : "The time is over"}
      </p>
    </div>
  );
}

function CodePicture({ code }: { code?: Code }) {
  return (
    <div className="drover-question__code">
      {code ? (
        <img src={code.picture} alt="QR code to scan" data-testid="qr" data-payload={code.payload} />
      ) : (
        <Spinner aria-label="Waiting for a code" />
      )}
    </div>
  );
}

interface AnswersProps {
  question: Question;
  isBusy: boolean;
  onAnswer: (answer: JsonValue) => void;
}

function Answers({ question: { kind, choices }, isBusy, onAnswer }: AnswersProps) {
  switch (kind) {
    case "confirm":
      return (
        <div className="drover-actions">
          <Button isDisabled={isBusy} onClick={() => onAnswer(true)}>
            Yes
          </Button>
          <Button variant="secondary" isDisabled={isBusy} onClick={() => onAnswer(false)}>
            No
          </Button>
        </div>
      );
    case "choose":
      return (
        <div className="drover-actions">
          {choices.map((choice) => (
            <Button key={choice} variant="secondary" isDisabled={isBusy} onClick={() => onAnswer(choice)}>
              {choice}
            </Button>
          ))}
        </div>
      );
    case "text":
      return <TextAnswer isBusy={isBusy} onAnswer={onAnswer} />;
    case "take_over":
      return (
        <div className="drover-actions">
          <Button isDisabled={isBusy} onClick={() => onAnswer(true)}>
            Done: hand the page back
          </Button>
          <Button variant="secondary" isDisabled={isBusy} onClick={() => onAnswer(false)}>
            Give up
          </Button>
        </div>
      );
    case "qr_login":
      return (
        <Button variant="link" isInline isDisabled={isBusy} onClick={() => onAnswer(false)}>
          Give up
        </Button>
      );
    default:
      return null;
  }
}

function TextAnswer({ isBusy, onAnswer }: Omit<AnswersProps, "question">) {
  const [value, setValue] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() !== "") {
      onAnswer(value);
    }
  };
  return (
    <Form onSubmit={submit} aria-label="Answer">
      <FormGroup label="Answer" fieldId="human-answer">
        <TextInput
          id="human-answer"
          value={value}
          maxLength={2000}
          onChange={(_event, next) => setValue(next)}
          autoComplete="off"
        />
      </FormGroup>
      <div>
        <Button type="submit" isDisabled={isBusy || value.trim() === ""}>
          Send
        </Button>
      </div>
    </Form>
  );
}
