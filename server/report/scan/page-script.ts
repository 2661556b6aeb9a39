/**
 * The scan page's only script, as text: it is written into the page and allowed there by its hash. Filters rows by words and
 * by class, opens the datasets that hold a hit, and says how many rows are shown. Without it every row is visible.
 */
export const scanScript = `
(() => {
  const tools = document.querySelector('.tools');
  const words = document.querySelector('#words');
  const shown = document.querySelector('#shown');
  const boxes = [...document.querySelectorAll('.tools input[type=checkbox]')];
  const datasets = [...document.querySelectorAll('details.dataset')].map((element) => ({
    element,
    wasOpen: element.open,
    rows: [...element.querySelectorAll('tr[data-text]')],
  }));
  if (tools === null || words === null || shown === null) return;
  tools.hidden = false;
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    const classes = boxes.filter((box) => box.checked).map((box) => box.value);
    let count = 0;
    for (const { element, rows, wasOpen } of datasets) {
      let hits = 0;
      for (const row of rows) {
        const text = row.dataset.text;
        const fits = wanted.every((word) => text.includes(word)) && (classes.length === 0 || classes.some((name) => row.dataset.classes.split(' ').includes(name)));
        row.hidden = !fits;
        if (fits) hits += 1;
      }
      element.hidden = hits === 0;
      element.open = wanted.length > 0 ? hits > 0 : wasOpen;
      count += hits;
    }
    shown.textContent = count + (count === 1 ? ' field' : ' fields') + ' shown';
  };
  words.addEventListener('input', apply);
  for (const box of boxes) box.addEventListener('change', apply);
  apply();
})();
`.trim();
