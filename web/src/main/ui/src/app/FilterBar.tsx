// SPDX-License-Identifier: Apache-2.0
import { Button, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { Children, type ReactNode } from "react";

interface Props {
  /** One control for each thing that the list can be narrowed by. */
  children: ReactNode;
  isFiltered: boolean;
  onShowAll: () => void;
}

/** Above a list: what it is narrowed to, and the way back to all of it. */
export function FilterBar({ children, isFiltered, onShowAll }: Props) {
  return (
    <Toolbar className="drover-filters" inset={{ default: "insetNone" }}>
      <ToolbarContent>
        {Children.map(children, (control) => (
          <ToolbarItem>{control}</ToolbarItem>
        ))}
        {isFiltered && (
          <ToolbarItem>
            <Button variant="link" onClick={onShowAll}>
              Show all
            </Button>
          </ToolbarItem>
        )}
      </ToolbarContent>
    </Toolbar>
  );
}
