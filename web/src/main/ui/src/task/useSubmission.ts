// SPDX-License-Identifier: Apache-2.0
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { newKey } from "../api/key";
import { asProblem, type Problem } from "../api/problem";
import { type Messages, messagesOf } from "./pointer";

export interface Submission {
  /** Around the fields: the first one that is wrong gets the focus. */
  form: RefObject<HTMLDivElement | null>;
  /** What was found wrong with the last try. */
  mistakes: Messages;
  /** Fields with text that is no value yet. */
  unfinished: Messages;
  /** Both. */
  messages: Messages;
  report: (pointer: string, mistake: string | undefined) => void;
  /** Why the server refused the last try. */
  problem: Problem | undefined;
  isBusy: boolean;
  /** A value is another one: what was wrong may not be so any more. */
  edited: () => void;
  /** @param found what the form itself finds wrong; nothing is sent as long as there is something */
  submit: (found: Messages, request: unknown, send: (key: string) => Promise<void>) => Promise<void>;
}

/** The way of a form from its fields to the server and, with what is wrong, back to its fields. */
export function useSubmission(): Submission {
  const [mistakes, setMistakes] = useState<Messages>({});
  const [unfinished, setUnfinished] = useState<Messages>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLDivElement>(null);
  const lastTry = useRef({ body: "", key: "" });
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

  useEffect(() => {
    if (tries > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [tries]);

  const submit = async (found: Messages, request: unknown, send: (key: string) => Promise<void>) => {
    setProblem(undefined);
    setMistakes(found);
    if (Object.keys(found).length + Object.keys(unfinished).length > 0) {
      setTries((n) => n + 1);
      return;
    }
    // The same request after a lost answer keeps its key, so that it makes one and not two.
    const body = JSON.stringify(request);
    if (lastTry.current.body !== body) {
      lastTry.current = { body, key: newKey() };
    }
    setBusy(true);
    try {
      await send(lastTry.current.key);
    } catch (error) {
      const refused = asProblem(error);
      lastTry.current = refused.status === 0 ? lastTry.current : { body: "", key: "" };
      setProblem(refused);
      setMistakes(messagesOf(refused.errors ?? []));
      setTries((n) => n + 1);
      setBusy(false);
    }
  };

  const edited = useCallback(() => setMistakes({}), []);
  return { form, mistakes, unfinished, messages, report, problem, isBusy, edited, submit };
}
