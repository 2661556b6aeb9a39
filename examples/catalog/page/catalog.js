import { useKey } from './ask.js';
import { columnPart } from './column.js';
import { h, problem, when } from './dom.js';
import { reportPart } from './report.js';
import { reviewPart } from './review.js';
import { columnsPart, tablesPart } from './tables.js';
import { trustPart } from './trust.js';

const main = document.querySelector('#main');
const readFrom = document.querySelector('#read-from');

/** Puts a part on the page when it is there, or what went wrong; a reader who has gone on meanwhile is left alone. */
async function show(place, part) {
  const turn = Symbol('turn');
  place.turn = turn;
  place.replaceChildren(h('p', { class: 'quiet' }, 'Asking Lexline …'));
  const content = await Promise.resolve(part).catch(problem);
  if (place.turn === turn) place.replaceChildren(content);
}

const pages = {
  '#tables': () => {
    const [list, detail] = [h('div'), h('div')];
    main.classList.add('two');
    main.replaceChildren(list, detail);
    const column = (ref, path) => show(detail, columnPart(ref, path));
    const tables = tablesPart((chosen) => show(detail, columnsPart(chosen, column))).then(({ part, revision }) => {
      readFrom.textContent = `Read from revision ${revision.number} of ${when(revision.at)}`;
      return part;
    });
    return show(list, tables);
  },
  '#trust': () => alone(trustPart()),
  '#review': () => alone(reviewPart()),
  '#report': () => alone(reportPart()),
};

function alone(part) {
  const place = h('div');
  main.classList.remove('two');
  main.replaceChildren(place);
  return show(place, part);
}

const route = () => (pages[location.hash] ?? pages['#tables'])();

addEventListener('hashchange', () => void route());
document.querySelector('#sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  useKey(new FormData(event.target).get('key'));
  void route();
});
void route();
