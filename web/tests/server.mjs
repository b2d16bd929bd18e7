/** The origin of the server under test: the first argument, else SERVER_URL. */
export const SERVER_URL = new URL(process.argv[2] ?? process.env.SERVER_URL ?? "http://127.0.0.1:8000").origin;

export const GRAPHQL_URL = `${SERVER_URL}/graphql`;
