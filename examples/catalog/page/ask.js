/** Where Lexline is; `start.ts` says it. */
const { lexline } = await (await fetch('./settings.json')).json();

/** The reader's key for Lexline, in this page's memory only. A real catalog's back end exchanges its user's token instead. */
let key = null;

export function useKey(given) {
  key = given === '' ? null : given;
}

/** Our page about something, at Lexline. */
export function linkTo(url) {
  return lexline + url;
}

/**
 * A listed query by GET. The browser keeps the answer with its ETag and asks whether it still holds: an unchanged one costs
 * Lexline a look at the revision.
 */
export async function ask(id, variables = {}) {
  const search = new URLSearchParams({ id, variables: JSON.stringify(variables) });
  return read(await reach(`/graphql?${search}`, { headers: signed({}) }));
}

/** A listed mutation: its text is sent, as it stands in the file that Lexline's operator listed. */
export async function change(operation, variables) {
  const query = await (await fetch(`./operations/${operation}.graphql`)).text();
  return read(
    await reach('/graphql', {
      method: 'POST',
      headers: signed({ 'content-type': 'application/json' }),
      body: JSON.stringify({ query, variables }),
    }),
  );
}

/** A report's file. */
export async function download(url) {
  const response = await reach(url, { headers: signed({}) });
  if (!response.ok) throw new Error(`Lexline answered ${response.status} for ${url}.`);
  return response.blob();
}

const signed = (headers) => (key === null ? headers : { ...headers, authorization: `Bearer ${key}` });

async function reach(path, request) {
  try {
    return await fetch(lexline + path, request);
  } catch (error) {
    throw new Error(`Lexline does not answer at ${lexline}, or does not list this page under http.origins.`, {
      cause: error,
    });
  }
}

async function read(response) {
  const { data, errors } = await response.json();
  if (errors === undefined) return data;
  const [{ message, extensions }] = errors;
  throw new Error(`${extensions?.code ?? response.status}: ${message} ${extensions?.remedy ?? ''}`);
}
