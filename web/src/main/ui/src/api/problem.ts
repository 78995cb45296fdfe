// SPDX-License-Identifier: Apache-2.0

/** RFC 9457, with the fields that Drover adds. */
export interface Problem {
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: FieldError[];
  trace_id?: string;
}

export interface FieldError {
  /** JSON Pointer into the request's body. */
  pointer: string;
  message: string;
}

/** The server refused, or could not be reached (status 0). */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiProblem";
  }

  get status(): number {
    return this.problem.status;
  }
}

export function unreachable(): ApiProblem {
  return new ApiProblem({
    title: "The server cannot be reached",
    status: 0,
    detail: "Check that Drover is running and that your network reaches it, then try again.",
  });
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback: Problem = {
    title: response.statusText || `The server answered ${response.status}`,
    status: response.status,
  };
  if (!/json/.test(response.headers.get("Content-Type") ?? "")) {
    return new ApiProblem(fallback);
  }
  try {
    return new ApiProblem({ ...fallback, ...((await response.json()) as Partial<Problem>) });
  } catch {
    return new ApiProblem(fallback);
  }
}

/** What to show for anything that was thrown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ApiProblem) {
    return error.problem;
  }
  return { title: "Something went wrong in the console", status: 0, detail: String(error) };
}
