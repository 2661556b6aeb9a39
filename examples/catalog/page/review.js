import { ask, change } from './ask.js';
import { countOf, h, problem } from './dom.js';

/** Screen 7: what waits for a person, in groups that one decision settles. */
export async function reviewPart() {
  const { totalGroups, totalFields, edges } = (await ask('Queue')).reviewQueue;
  const total = h('p', {}, `${countOf(totalGroups, 'question')} about ${countOf(totalFields, 'column')}`);
  return h('section', {}, h('h2', {}, 'Review'), total, ...edges.map(({ node }) => groupCard(node)));
}

function groupCard(group) {
  const { question, reason, fields, settles, suggestion, sample } = group;
  const said = h('p', { role: 'status' });
  const category = h('input', { 'aria-label': 'Another category', placeholder: 'user.contact.email, or none' });
  const decide = async (decision, given) => {
    const { id, expectedRevision } = group;
    // The same click has the same key: when an answer got lost it can be clicked again, and nothing is done twice.
    const idempotencyKey = [id, expectedRevision, decision, given.category ?? ''].join('/');
    const input = { groupId: id, decision, expectedRevision, idempotencyKey, ...given };
    try {
      const { result, userErrors } = (await change('decide', { input })).decideReview;
      said.textContent =
        result === null ? userErrors.map(({ message }) => message).join(' ') : resultWords[result.state](result);
      if (result !== null) for (const button of card.querySelectorAll('button')) button.disabled = true;
    } catch (error) {
      said.replaceChildren(problem(error));
    }
  };
  const button = (words, act) => h('button', { type: 'button', click: act }, words);
  const card = h(
    'article',
    { class: 'card' },
    h('h3', {}, question),
    h('p', { class: 'quiet' }, `${reason}. ${countOf(fields, 'column')}; settles ${settles}.`),
    h('ul', {}, ...sample.map(({ datasetName, path }) => h('li', {}, `${datasetName}.${path}`))),
    h(
      'p',
      {},
      suggestion === null ? null : [button(`Accept ${suggestion.category}`, () => decide('ACCEPT', {})), ' '],
      category,
      ' ',
      button('Correct', () => decide('CORRECT', { category: category.value })),
      ' ',
      suggestion === null ? null : button('Reject', () => decide('REJECT', {})),
    ),
    said,
  );
  return card;
}

const resultWords = {
  DECIDED: ({ decided, retags }) => `Decided for ${countOf(decided, 'column')}. ${tagWords(retags)}`,
  PROPOSED: ({ decided }) =>
    `Proposed for ${countOf(decided, 'column')}: it takes protection away, so a second person must agree.`,
};

/** What the decision does to tags in the sources; what could not be told is said, never left out. */
function tagWords({ adds, removesNeedingApproval, incompleteBecause }) {
  const words = `Tags in the sources: ${adds} to set, ${removesNeedingApproval} to take off.`;
  return incompleteBecause.length === 0 ? words : `${words} Not all could be told: ${incompleteBecause.join('; ')}.`;
}
