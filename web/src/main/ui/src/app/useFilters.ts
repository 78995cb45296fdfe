// SPDX-License-Identifier: Apache-2.0
import { useSearchParams } from "react-router";

export interface Filters<Name extends string> {
  /** Empty where nothing is chosen. */
  filters: Record<Name, string>;
  isFiltered: boolean;
  filter: (name: Name, value: string) => void;
  showAll: () => void;
}

/** What a list is narrowed to, kept in the address so that it can be shared. */
export function useFilters<Name extends string>(...names: Name[]): Filters<Name> {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ""])) as Record<Name, string>;
  return {
    filters,
    isFiltered: names.some((name) => filters[name] !== ""),
    filter: (name, value) => {
      const next = new URLSearchParams(search);
      if (value) {
        next.set(name, value);
      } else {
        next.delete(name);
      }
      setSearch(next, { replace: true });
    },
    showAll: () => setSearch({}, { replace: true }),
  };
}
