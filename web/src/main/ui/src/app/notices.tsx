// SPDX-License-Identifier: Apache-2.0
import { Alert, AlertActionCloseButton, AlertGroup } from "@patternfly/react-core";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { asProblem } from "../api/problem";

interface Notice {
  id: number;
  variant: "success" | "danger" | "info";
  title: string;
  detail?: string;
}

export interface Notices {
  success: (title: string) => void;
  failure: (title: string, error: unknown) => void;
}

const Context = createContext<Notices>({ success: () => {}, failure: () => {} });

export function useNotices(): Notices {
  return useContext(Context);
}

let lastId = 0;

/** Short messages about what the user just did, in the corner; failures stay until they are closed. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<Notice[]>([]);
  const remove = useCallback((id: number) => setList((old) => old.filter((notice) => notice.id !== id)), []);
  const notices = useMemo<Notices>(() => {
    const add = (notice: Omit<Notice, "id">) => setList((old) => [...old.slice(-3), { ...notice, id: ++lastId }]);
    return {
      success: (title) => add({ variant: "success", title }),
      failure: (title, error) => {
        const problem = asProblem(error);
        add({ variant: "danger", title, detail: problem.detail ?? problem.title });
      },
    };
  }, []);
  return (
    <Context.Provider value={notices}>
      {children}
      <AlertGroup isToast isLiveRegion>
        {list.map(({ id, variant, title, detail }) => (
          <Alert
            component="p"
            key={id}
            variant={variant}
            title={title}
            timeout={variant === "success" ? 5000 : false}
            onTimeout={() => remove(id)}
            actionClose={<AlertActionCloseButton title={title} onClose={() => remove(id)} />}
          >
            {detail}
          </Alert>
        ))}
      </AlertGroup>
    </Context.Provider>
  );
}
