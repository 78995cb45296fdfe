// SPDX-License-Identifier: Apache-2.0
import { lazy } from "react";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";
import { HumanPage } from "../human/HumanPage";
import { JobsPage } from "../job/JobsPage";
import { LoginPage } from "../security/LoginPage";
import { CallerProvider } from "../security/caller";
import { useSession } from "../security/session";
import { CrashPage } from "./CrashPage";
import { ForOperators } from "./ForOperators";
import { NotFoundPage } from "./NotFoundPage";
import { NoticesProvider } from "./notices";
import { Shell } from "./Shell";

const JobPage = lazy(() => import("../job/JobPage"));
const TracePage = lazy(() => import("../job/TracePage"));
const NewJobPage = lazy(() => import("../job/NewJobPage"));
const DeadLettersPage = lazy(() => import("../job/DeadLettersPage"));
const SessionsPage = lazy(() => import("../session/SessionsPage"));
const NewSessionPage = lazy(() => import("../session/NewSessionPage"));
const SessionPage = lazy(() => import("../session/SessionPage"));
const HostsPage = lazy(() => import("../host/HostsPage"));
const OperationsPage = lazy(() => import("../host/OperationsPage"));
const ReliabilityPage = lazy(() => import("../reliability/ReliabilityPage"));
const WebhooksPage = lazy(() => import("../webhook/WebhooksPage"));
const SystemPage = lazy(() => import("../system/SystemPage"));

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <CrashPage />,
    children: [
      { path: "/", element: <Navigate to="/jobs" replace /> },
      { path: "/jobs", element: <JobsPage /> },
      { path: "/jobs/:id", element: <JobPage /> },
      { path: "/jobs/:id/trace", element: <TracePage /> },
      { path: "/new", element: <NewJobPage /> },
      { path: "/dead-letters", element: <DeadLettersPage /> },
      { path: "/sessions", element: <SessionsPage /> },
      { path: "/sessions/new", element: <NewSessionPage /> },
      { path: "/sessions/:id", element: <SessionPage /> },
      { path: "/webhooks", element: <WebhooksPage /> },
      {
        element: <ForOperators />,
        children: [
          { path: "/operations", element: <OperationsPage /> },
          { path: "/hosts", element: <HostsPage /> },
          { path: "/reliability", element: <ReliabilityPage /> },
        ],
      },
      { path: "/browsers", element: <Navigate to="/operations" replace /> },
      { path: "/system", element: <SystemPage /> },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
]);

const LINK = /^\/human\/([^/]+)$/;

/** The address stays while somebody signs in, so that a link to a job ends at the job. */
export function App() {
  const { token } = useSession();
  const link = LINK.exec(window.location.pathname)?.[1];
  if (link !== undefined) {
    // Whoever was sent a link need not sign in, and whoever is signed in need not be the one it was sent to.
    return <HumanPage token={link} />;
  }
  if (token === null) {
    return <LoginPage />;
  }
  return (
    <CallerProvider>
      <NoticesProvider>
        <RouterProvider router={router} />
      </NoticesProvider>
    </CallerProvider>
  );
}
