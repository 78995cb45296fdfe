// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { screenAddress } from "./address";

const session = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a";

test("the screen is beside the page", () => {
  expect(screenAddress(`http://127.0.0.1:9080/vnc.html#session=${session}&token=a.b-c_d`)).toBe(
    `ws://127.0.0.1:9080/ws/sessions/${session}/vnc?token=a.b-c_d`,
  );
});

test("a path of a reverse proxy stays, and so does its encryption", () => {
  expect(screenAddress(`https://drover.example.com/fleet/5900/vnc.html?to=1#session=${session}&token=t`)).toBe(
    `wss://drover.example.com/fleet/5900/ws/sessions/${session}/vnc?token=t`,
  );
});

test.each(["", `#session=${session}`, "#token=t", "#session=../../api/v1/jobs&token=t"])("%s is no link", (hash) => {
  expect(screenAddress(`http://127.0.0.1:9080/vnc.html${hash}`)).toBeUndefined();
});
