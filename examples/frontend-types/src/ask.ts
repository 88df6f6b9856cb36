// Asking for a trusted document: the operation is named by its hash, so the request is a short GET that
// caches can keep, and it is accepted under every policy of the server.

import type { TypedDocumentString } from "./gql/graphql";

export interface ApiError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; requestId?: string };
}

export class AskError extends Error {
  readonly errors: ApiError[];

  constructor(errors: ApiError[]) {
    super(errors.map((error) => `${error.extensions.code}: ${error.message}`).join("; "));
    this.errors = errors;
  }
}

export function address<Result, Variables>(
  endpoint: string,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): string {
  const id: unknown = document.__meta__?.["hash"];
  if (typeof id !== "string") {
    throw new Error("This document has no hash; generate it with persistedDocuments.");
  }
  return `${endpoint}?${new URLSearchParams({ documentId: id, variables: JSON.stringify(variables) })}`;
}

export async function ask<Result, Variables>(
  endpoint: string,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(address(endpoint, document, variables), {
    headers: { Accept: "application/graphql-response+json" },
  });
  const answer = (await response.json()) as { data?: Result; errors?: ApiError[] };
  if (answer.errors || answer.data == null) {
    throw new AskError(answer.errors ?? []);
  }
  return answer.data;
}
