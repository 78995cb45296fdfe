// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { JobEvent } from "../api/types";
import { codeIn, questionIn } from "./question";

const NOW = Date.parse("2026-11-22T10:00:00Z");

function event(seq: number, event_type: string, data: Record<string, unknown>): JobEvent {
  return {
    event_type,
    seq,
    job_id: "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a",
    user_id: "alice",
    task: "booking",
    timestamp: "2026-11-22T10:00:00Z",
    data,
  };
}

function code(seq: number, payload: string, expires_at: string): JobEvent {
  return event(seq, "qr_code_update", { qr_code_data: "data:image/png;base64,", qr_payload: payload, expires_at });
}

describe("what a job asks", () => {
  it("is its last question", () => {
    const events = [
      event(1, "human_required", { step_id: "a", kind: "confirm", prompt: "One?", choices: [], deadline: "x" }),
      event(2, "human_required", { step_id: "b", kind: "choose", prompt: "Two?", choices: ["l", "r"], deadline: "y" }),
    ];

    expect(questionIn(events)).toEqual({
      stepId: "b",
      kind: "choose",
      prompt: "Two?",
      choices: ["l", "r"],
      deadline: "y",
    });
    expect(questionIn([])).toBeUndefined();
  });

  it("is the page itself where that is to be taken over, at whatever address the link leads to", () => {
    const asked = (kind: string) =>
      questionIn([event(1, "human_required", { kind, url: "https://public.example/human/AZgM-x?lang=sv" })])?.live;

    expect(asked("take_over")).toBe("/ws/human/AZgM-x/live");
    expect(asked("confirm")).toBeUndefined();
    expect(questionIn([event(1, "human_required", { kind: "take_over" })])?.live).toBeUndefined();
  });

  it("shows its latest code, and none that has expired", () => {
    const events = [code(1, "one", "2026-11-22T10:00:04Z"), code(2, "two", "2026-11-22T10:00:05Z")];

    expect(codeIn(events, NOW)?.payload).toBe("two");
    expect(codeIn(events, NOW + 5_000)).toBeUndefined();
    expect(codeIn([], NOW)).toBeUndefined();
  });
});
