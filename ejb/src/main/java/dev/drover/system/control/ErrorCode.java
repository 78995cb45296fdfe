// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.util.Locale;

/**
 * Every reason for which a request is refused. Each becomes a problem document (RFC 9457) whose {@code type} is a page of
 * {@code docs/reference/errors.md}.
 */
public enum ErrorCode {
    // What the caller can mend.
    INVALID_JSON(400, "The body is not JSON", "Send a JSON object in UTF-8."),
    INVALID_REQUEST(422, "The request does not fit", "Mend what errors[] names and send it again."),
    INVALID_PARAMS(422, "The parameters do not fit the task", "Compare them with params_schema of the task."),
    UNAUTHENTICATED(401, "No valid token", "Send Authorization: Bearer with an API token of this server."),
    FORBIDDEN(403, "Not allowed", "Ask an administrator for the role that this operation needs."),
    NOT_FOUND(404, "Not here", "Check the path; ended jobs are removed when their time to live is over."),
    UNKNOWN_TASK(404, "No such task", "GET /api/v1/tasks lists the tasks of this server."),
    METHOD_NOT_ALLOWED(405, "The method does not fit this address", "See /openapi for what the address takes."),
    NOT_ACCEPTABLE(406, "No such representation", "Accept application/json."),
    JOB_ENDED(409, "The job has already ended", "Nothing is left to cancel."),
    WEBHOOK_DISABLED(409, "The endpoint is disabled", "Enable the endpoint, then send the delivery anew."),
    WEBHOOK_IN_FLIGHT(409, "The delivery is being sent", "Wait until the attempt that goes on has ended."),
    TOO_MANY_WEBHOOKS(409, "Too many endpoints", "Remove endpoints that are not needed any more."),
    TOO_MANY_CAPTURED_SESSIONS(
            409, "Too many captured sessions", "Remove captured sessions that are not needed any more."),
    CAPTURED_SESSION_LOCKED(
            409,
            "The captured session does not open",
            "Give the server the key that the detail names, or capture anew."),
    SESSION_ENDED(409, "The session has ended", "Open a new session; close_reason says why this one ended."),
    HOST_IS_NODE(409, "The host is a node", "Nodes come and go by themselves: drain the node, or stop it."),
    SESSION_BUSY(409, "Another action goes on", "Wait until the action that goes on in the session has ended."),
    STEP_OVER(409, "Nobody waits for this answer", "The question was answered, is too old, or was never asked."),
    IDEMPOTENCY_IN_FLIGHT(409, "The same request is being answered", "Wait a moment and send it again."),
    PRECONDITION_FAILED(412, "It has changed", "Read it again, and send the change with its new ETag."),
    BODY_TOO_LARGE(413, "The body is too large", "Send less; the limit is in the detail."),
    UNSUPPORTED_MEDIA_TYPE(415, "Not a JSON body", "Send Content-Type: application/json."),
    RANGE_NOT_SATISFIABLE(416, "No such range", "Ask for bytes within the size of the artifact."),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used for another request", "Use a new Idempotency-Key."),
    TOO_MANY_JOBS(429, "Too many jobs wait", "Wait until some of your jobs have ended, then send it again."),
    ACTION_FAILED(422, "The action failed", "Read the detail; the page may not be as the action expects it."),
    ACTION_TIMEOUT(422, "The action took too long", "Give it more time with timeout_seconds, or look at the page."),
    STATE_TOO_LARGE(422, "Too much to be kept", "Have the page clear storage that is not needed, and capture again."),
    TOO_MANY_SESSIONS(429, "Too many sessions", "End sessions that are not needed, or wait as Retry-After says."),
    // What the server cannot do now.
    HOST_UNREACHABLE(502, "The host does not answer", "See whether it runs and can be reached from the server."),
    UNAVAILABLE(503, "Not available now", "Try again after the seconds in Retry-After."),
    ENGINE_UNAVAILABLE(503, "No such browser here", "GET /api/v1/status/browser-sessions lists what there is."),
    VNC_UNAVAILABLE(503, "No VNC here", "Have Xvnc installed, or open the session on a host that supports_vnc."),
    SERVICE_DEGRADED(503, "The service does too badly for this", "Try again after the seconds in Retry-After."),
    // What is a defect.
    INTERNAL(500, "Something broke", "Report the trace_id; the server's log has the cause under it.");

    private final int httpStatus;
    private final String title;
    private final String advice;

    ErrorCode(int httpStatus, String title, String advice) {
        this.httpStatus = httpStatus;
        this.title = title;
        this.advice = advice;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String title() {
        return title;
    }

    /** What the reader of the error can do. */
    public String advice() {
        return advice;
    }

    /** The {@code code} in the problem document: lower case with underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
