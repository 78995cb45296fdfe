// SPDX-License-Identifier: Apache-2.0
import { Button, Label, MenuToggle } from "@patternfly/react-core";
import EllipsisVIcon from "@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon";
import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { Job, Task } from "../api/types";
import { humanise, plural, shortId } from "../app/format";
import { Time } from "../app/Time";
import { useCaller } from "../security/caller";
import { JobName } from "./JobName";
import { recoveryWords } from "./recovery";
import { useReplay } from "./useReplay";

const COLUMNS = ["Job", "Kind of error", "Error", "Failed", "Attempts"] as const;

interface Props {
  jobs: Job[];
  tasks: Task[];
  now: number;
  onReplayed: () => void;
  onRemove: (job: Job) => void;
}

export function DeadLetterTable({ jobs, ...rest }: Props) {
  return (
    <Table aria-label="Dead letters" variant="compact" gridBreakPoint="" className="drover-jobs drover-letters">
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column} modifier="nowrap">
              {column}
            </Th>
          ))}
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {jobs.map((job) => (
          <DeadLetter key={job.id} job={job} {...rest} />
        ))}
      </Tbody>
    </Table>
  );
}

function DeadLetter({ job, tasks, now, onReplayed, onRemove }: Omit<Props, "jobs"> & { job: Job }) {
  const { isBusy, replay } = useReplay(onReplayed);
  const caller = useCaller();
  const { error } = job;
  return (
    <Tr data-testid="dead-letter" data-job={job.id}>
      <Td dataLabel={COLUMNS[0]} className="drover-jobs__job">
        <JobName job={job} tasks={tasks} note={job.user_id === caller?.user_id ? undefined : job.user_id} />
      </Td>
      <Td dataLabel={COLUMNS[1]} modifier="fitContent" className="drover-jobs__status">
        {error && (
          <Label isCompact variant="outline" status="danger">
            {humanise(error.category)}
          </Label>
        )}
      </Td>
      <Td dataLabel={COLUMNS[2]} className="drover-jobs__progress">
        <div className="drover-clip">{error?.message ?? job.message ?? "Failed"}</div>
        {error && <div className="drover-subtle drover-small">{recoveryWords(error.recovery)}</div>}
      </Td>
      <Td dataLabel={COLUMNS[3]} modifier="nowrap" className="drover-jobs__created">
        {job.finished_at && <Time at={job.finished_at} now={now} />}
      </Td>
      <Td dataLabel={COLUMNS[4]} modifier="nowrap" className="drover-jobs__time">
        <span title={plural(job.attempt, "attempt")}>{`${job.attempt} of ${job.max_attempts}`}</span>
      </Td>
      <Td isActionCell modifier="fitContent" className="drover-jobs__actions">
        <div className="drover-actions">
          <Button
            variant="secondary"
            size="sm"
            isLoading={isBusy}
            isDisabled={isBusy}
            onClick={() => replay(job.id, true)}
            aria-label={`Replay job ${shortId(job.id)}`}
          >
            Replay
          </Button>
          <ActionsColumn
            isDisabled={isBusy}
            actionsToggle={({ toggleRef, onToggle, isOpen, isDisabled }) => (
              <MenuToggle
                ref={toggleRef}
                variant="plain"
                icon={<EllipsisVIcon />}
                aria-label={`More for job ${shortId(job.id)}`}
                isExpanded={isOpen}
                isDisabled={isDisabled}
                onClick={onToggle}
              />
            )}
            items={[
              { title: "Replay with one attempt", onClick: () => replay(job.id, false) },
              { title: "Remove…", isDanger: true, onClick: () => onRemove(job) },
            ]}
          />
        </div>
      </Td>
    </Tr>
  );
}
