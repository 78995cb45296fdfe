// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { curlPost } from "./curl";

test("the command survives quotes and shows no token", () => {
  const curl = curlPost("https://drover.example/api/v1/jobs", { params: { selector: "a[title='x']" } });

  expect(curl).toContain(String.raw`a[title='\''x'\'']`);
  expect(curl).toContain("Bearer $API_SECRET_TOKEN");
});
