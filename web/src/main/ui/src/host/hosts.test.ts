// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Host } from "../api/types";
import { extrasOf, heardOf, silenceOf, stateOf } from "./hosts";

function host(part: Partial<Host>): Host {
  return {
    id: "shop-1:9080",
    host_name: "shop-1:9080",
    kind: "node",
    status: "available",
    capabilities: [],
    devices: [],
    engines: [],
    roles: ["api", "worker"],
    slots: 2,
    running: 0,
    registered_at: "2026-01-31T05:00:00Z",
    last_ping: "2026-01-31T06:00:00Z",
    ...part,
  };
}

test("silence is counted by the clock of the nodes, not by that of whoever looks", () => {
  const here = host({});
  const other = host({ id: "shop-2:9080", last_ping: "2026-01-31T05:59:20Z" });
  const machine = host({ id: "pi", kind: "foreign", last_ping: "2026-01-31T05:59:45Z" });
  const all = [here, other, machine];

  expect(all.map((one) => silenceOf(one, all))).toEqual([0, 40_000, 15_000]);
  expect(silenceOf(machine, [machine])).toBe(0);
});

test("a node is silent before a machine is, which is asked less often", () => {
  expect(stateOf(host({}), 14_000).label).toBe("Takes jobs");
  expect(stateOf(host({}), 16_000)).toEqual({ label: "Silent", status: "warning" });
  expect(stateOf(host({ kind: "foreign", status: "busy" }), 30_000).label).toBe("Busy");
  expect(stateOf(host({ kind: "foreign" }), 51_000).label).toBe("Silent");
});

test("when it was heard of is said in words", () => {
  expect(heardOf(2_000)).toBe("just now");
  expect(heardOf(40_000)).toBe("40 s ago");
});

test("engines are told apart from what else a host can do", () => {
  const engines = [{ name: "chromium", availability: "available" as const }];

  expect(extrasOf(host({ engines, capabilities: ["chromium", "vnc", "eu-north"] }))).toEqual(["vnc", "eu-north"]);
});
