// SPDX-License-Identifier: Apache-2.0
import { Button } from "@patternfly/react-core";
import { plural } from "./format";

interface Props {
  /** How many are shown. */
  count: number;
  hasMore: boolean;
  /** What one of them is called. */
  noun: string;
  isLoading: boolean;
  onMore: () => void;
}

/** Under a list: the way to the rest of it, or how long it is. */
export function LoadMore({ count, hasMore, noun, isLoading, onMore }: Props) {
  return (
    <div className="drover-more">
      {hasMore ? (
        <Button variant="secondary" onClick={onMore} isLoading={isLoading} isDisabled={isLoading}>
          Load more
        </Button>
      ) : (
        <span className="drover-subtle">{count === 1 ? plural(1, noun) : `All ${plural(count, noun)}`}</span>
      )}
    </div>
  );
}
