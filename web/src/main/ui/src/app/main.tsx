// SPDX-License-Identifier: Apache-2.0
import "@patternfly/react-core/dist/styles/base.css";
import "./console.css";
import "../human/human.css";
import "../job/job.css";
import "../live/live.css";
import "../reliability/reliability.css";
import "../session/session.css";
import "../task/task.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startTheme } from "./theme";

startTheme();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
