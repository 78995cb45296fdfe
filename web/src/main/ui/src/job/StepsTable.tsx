// SPDX-License-Identifier: Apache-2.0
import { Label } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { duration, humanise } from "../app/format";

export interface Step {
  index: number;
  action: string;
  status: string;
  duration_ms: number;
}

/** The steps of a script's result, if it has some. */
export function stepsOf(result: unknown): Step[] | undefined {
  const steps = (result as { steps?: unknown } | null | undefined)?.steps;
  return Array.isArray(steps) && steps.length > 0 && steps.every(isStep) ? steps : undefined;
}

export function StepsTable({ steps }: { steps: Step[] }) {
  return (
    <Table aria-label="Steps" variant="compact" gridBreakPoint="" className="drover-steps">
      <Thead>
        <Tr>
          <Th modifier="fitContent">Step</Th>
          <Th>Action</Th>
          <Th modifier="fitContent">Status</Th>
          <Th modifier="fitContent">Time</Th>
        </Tr>
      </Thead>
      <Tbody>
        {steps.map((step, i) => (
          <Tr key={i}>
            <Td>{step.index}</Td>
            <Td>
              <code>{step.action}</code>
            </Td>
            <Td>
              <Label isCompact status={TONES[step.status]}>
                {humanise(step.status)}
              </Label>
            </Td>
            <Td modifier="nowrap">{duration(step.duration_ms)}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

const TONES: Record<string, "success" | "danger"> = {
  ok: "success",
  passed: "success",
  succeeded: "success",
  failed: "danger",
};

function isStep(step: unknown): step is Step {
  const it = step as Partial<Step> | null;
  return typeof it?.action === "string" && typeof it.duration_ms === "number" && typeof it.status === "string";
}
