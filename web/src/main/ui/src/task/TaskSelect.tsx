// SPDX-License-Identifier: Apache-2.0
import { FormSelect, FormSelectOption } from "@patternfly/react-core";
import type { Task } from "../api/types";

interface Props {
  tasks: readonly Task[];
  /** The name of a task, also one that the server no longer has; empty for all. */
  value: string;
  onChange: (value: string) => void;
  label: string;
  id?: string;
}

export function TaskSelect({ tasks, value, onChange, label, id }: Props) {
  return (
    <FormSelect id={id} aria-label={label} value={value} onChange={(_event, next) => onChange(next)}>
      <FormSelectOption value="" label="All tasks" />
      {tasks.map(({ name, title }) => (
        <FormSelectOption key={name} value={name} label={title} />
      ))}
      {value && !tasks.some(({ name }) => name === value) && <FormSelectOption value={value} label={value} />}
    </FormSelect>
  );
}
