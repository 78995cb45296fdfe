// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader, CardTitle, Gallery, Label, Skeleton } from "@patternfly/react-core";
import { Link } from "react-router";
import type { Task } from "../api/types";

/** The tasks to choose from. */
export function TaskGallery({ tasks }: { tasks: Task[] | undefined }) {
  return (
    <Gallery
      hasGutter
      minWidths={{ default: "100%", md: "280px" }}
      component="ul"
      aria-label="Tasks"
      aria-busy={!tasks}
    >
      {tasks
        ? tasks.map((task) => (
            <li key={task.name} className="drover-task">
              <Link
                to={`/new?task=${encodeURIComponent(task.name)}`}
                className="drover-task__link"
                data-testid={`task ${task.name}`}
              >
                <Card isFullHeight className="drover-task__card">
                  <CardHeader>
                    <CardTitle component="h2">{task.title}</CardTitle>
                    <span className="drover-subtle drover-mono">{task.name}</span>
                  </CardHeader>
                  <CardBody>{task.description}</CardBody>
                  {task.engines.length === 0 && (
                    <CardBody>
                      <Label isCompact>No browser needed</Label>
                    </CardBody>
                  )}
                </Card>
              </Link>
            </li>
          ))
        : [1, 2, 3, 4, 5, 6].map((n) => (
            <li key={n}>
              <Card isFullHeight>
                <CardHeader>
                  <Skeleton width="40%" screenreaderText="Loading tasks" />
                </CardHeader>
                <CardBody>
                  <Skeleton />
                  <br />
                  <Skeleton width="70%" />
                </CardBody>
              </Card>
            </li>
          ))}
    </Gallery>
  );
}
