import { ask, change, download } from './ask.js';
import { countOf, h, inWords, problem, when } from './dom.js';

const name = 'pci-dss-12-5-2';
const pauseMs = 500;

/** Screen 8: a report from a button. It is made meanwhile; this page asks how far it is. */
export function reportPart() {
  const said = h('div', { role: 'status' });
  const make = async () => {
    try {
      const input = { name, formats: ['XLSX', 'PDF', 'JSON'], idempotencyKey: crypto.randomUUID() };
      const { result, userErrors } = (await change('make', { input })).createReport;
      if (result === null) throw new Error(userErrors.map(({ message }) => message).join(' '));
      for (let report = await get(result.id); ; report = await get(result.id)) {
        said.replaceChildren(progress(report));
        if (report.status !== 'RUNNING') return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } catch (error) {
      said.replaceChildren(problem(error));
    }
  };
  return h('section', {}, h('h2', {}, 'Report'), h('button', { type: 'button', click: make }, `Make ${name}`), said);
}

const get = async (id) => (await ask('Report', { id })).report;

function progress({ status, progress: share, asOf, completeness, confirmation, scope, files, error }) {
  const gaps = completeness?.gaps.edges ?? [];
  const more = (completeness?.gaps.totalCount ?? 0) - gaps.length;
  return h(
    'article',
    { class: 'card' },
    h('h3', {}, `${inWords(status)}, ${Math.round(share * 100)} %`),
    error === null ? null : h('p', { class: 'problem' }, error.message),
    h(
      'p',
      {},
      `As of ${asOf === null ? 'now' : when(asOf)}. Sources: ${scope.sources.join(', ')}. ${inWords(confirmation.state)}: nobody stands for a draft.`,
    ),
    completeness === null ? null : h('p', {}, countOf(completeness.openGaps, 'open item')),
    h(
      'ul',
      {},
      ...gaps.map(({ node }) => h('li', {}, gapWords(node))),
      more > 0 ? h('li', {}, `and ${countOf(more, 'kind')} more: the files have them all`) : null,
    ),
    h('ul', {}, ...files.map((file) => h('li', {}, fileButton(file)))),
  );
}

/** One kind of open items: how many, the first by name, and what to do. */
function gapWords({ detail, count, names, remedy }) {
  const some = names.slice(0, 3).join(', ');
  const which = some === '' ? '' : ` (${some}${names.length > 3 ? ' …' : ''})`;
  return `${detail}: ${count}${which}. ${remedy ?? ''}`;
}

function fileButton({ format, url, bytes, sha256 }) {
  const save = async () => {
    const link = h('a', {
      href: URL.createObjectURL(await download(url)),
      download: `${name}.${format.toLowerCase()}`,
    });
    link.click();
  };
  return [
    h('button', { class: 'plain', type: 'button', click: save }, format),
    ` ${bytes} bytes, SHA-256 ${sha256.slice(0, 12)}…`,
  ];
}
