// ---- Toolbar, arithmetic, ledger, tape: each has an element and show(position) ----

// U+FE0E asks phones for the plain sign instead of the colour emoji.
const [BACK, ON] = ['\u25C0\uFE0E', '\u25B6\uFE0E'];
const BUTTONS = [
  ['start', `|${BACK}`, 'Start', '', 'Home'],
  ['undo', BACK, 'Undo', '', 'ArrowLeft P'],
  ['step', '', 'Step', ON, 'ArrowRight N'],
  ['pass', '', 'Pass', `${ON}|`, 'Shift+ArrowRight'],
];
const HELP = 'Press Step to begin. Keys: \u2192 step, \u2190 undo, Shift+\u2192 pass, '
  + 'Home start, End last.';

const makeSign = (text) => make('span', { 'aria-hidden': true }, text);
const makeButton = ([act, before, word, after, keys]) => (
  make('button', { type: 'button', 'data-act': act, 'aria-keyshortcuts': keys },
    makeSign(before), ` ${word} `, makeSign(after)));

function makeToolbar({ events }, act) {
  const buttons = BUTTONS.map(makeButton);
  const place = make('p', { class: 'place' });
  const el = make('div', { class: 'tools', role: 'group', 'aria-label': 'Steps' },
    make('div', { class: 'buttons' }, ...buttons), place);
  for (const button of buttons) button.addEventListener('click', () => act(button.dataset.act));

  const show = (at, top) => {
    buttons.forEach((button, i) => dim(button, at === (i < 2 ? 0 : top)));
    const { title, what } = events[at - 1] || { title: 'start', what: '' };
    const count = make('span', { class: 'count' }, `(event ${at} of ${events.length})`);
    const more = at === top && top < events.length ? ' A question comes first.' : '';
    place.replaceChildren(make('b', {}, title), what && ` \u2014 ${what}`, ' ', count, more);
  };
  return { el, show };
}

// rows: [text of the first cell, row of the engine's table, class]
function makeTable(caption, heads, rows) {
  const cells = ([, , ...texts]) => texts.map((text) => make('td', {}, text));
  const table = make('table', {}, make('caption', {}, caption),
    make('thead', {}, make('tr', {}, ...heads.map((text) => make('th', { scope: 'col' }, text)))),
    make('tbody', {}, ...rows.map(([name, row, kind]) => (
      make('tr', { class: kind }, make('th', { scope: 'row' }, name), ...cells(row))))));
  const el = make('div', { class: 'scroll' }, table);
  fitting.observe(el);
  return el;
}

function makeArith({ events }) {
  const el = make('div', { class: 'arith' });
  const paragraphs = (name, texts) => texts.map((text) => make('p', { class: name }, text));
  const show = (at) => {
    const nothing = { lines: [], heads: [], rows: [], notes: [HELP] };
    const { lines, heads, rows, notes } = events[at - 1] || nothing;
    el.replaceChildren(...paragraphs('line', lines), ...paragraphs('note', notes));
    if (rows.length === 0) return;
    const table = makeTable('This event', heads, rows.map((row) => [row[1], row, '']));
    el.insertBefore(table, el.querySelector('.note'));
  };
  return { el, show };
}

// What arrives at each named box, the boxes in order, and the box to follow at each position.
function collect({ boxes, events }) {
  const arrivals = new Map();
  const follow = [undefined];
  events.forEach((event, i) => {
    const rows = event.rows.filter(([box]) => boxes[box]);
    for (const row of rows) add(arrivals, row[0], { i, event, row });
    follow.push(rows.length > 0 ? rows[0][0] : follow[i]);
  });
  const order = [...arrivals.keys()].sort((a, b) => a - b);
  return { arrivals, order, follow: follow.map((box = order[0]) => box) };
}

function makeLedger(circuit) {
  const { arrivals, order, follow } = collect(circuit);
  const names = order.map((box) => make('option', { value: box }, circuit.boxes[box]));
  const select = make('select', {}, ...names);
  const following = make('input', { type: 'checkbox' });
  const list = make('div', {});
  const el = make('div', { class: 'ledger' }, make('p', { class: 'chooser' },
    make('label', {}, 'Ledger of ', select), ' ',
    make('label', {}, following, ' follow the steps')), list);
  let now = 0;

  const show = (at) => {
    now = at;
    if (following.checked) select.value = follow[at];
    const arrived = (arrivals.get(+select.value) || []).filter(({ i }) => i < at);
    const rows = arrived.map(({ event, row }, k) => {
      // A rule between the passes; whether the sum goes on is in the last column.
      const fresh = k > 0 && arrived[k - 1].event.pass !== event.pass;
      const from = [event.title, event.what].filter(Boolean).join(', ');
      return [from, row, fresh ? 'newpass' : ''];
    });
    list.replaceChildren(rows.length > 0
      ? makeTable(`Arrived at ${circuit.boxes[+select.value]}`,
        ['from', ...arrived[0].event.heads.slice(1)], rows)
      : make('p', { class: 'note' }, 'Nothing has arrived yet.'));
  };
  const choose = (box) => {
    following.checked = false;
    select.value = box;
    show(now);
  };
  following.checked = true;
  following.addEventListener('change', () => show(now));
  select.addEventListener('change', () => choose(select.value));
  el.hidden = order.length === 0;
  return { el, show, choose, order };
}

function makeTape({ events }, jump) {
  const buttons = events.map(({ title, what }) => (
    make('button', { type: 'button' }, make('span', {}, title), ` ${what}`)));
  const list = make('ol', {}, ...buttons.map((button) => make('li', {}, button)));
  const el = make('details', { class: 'tape' }, make('summary', {}, 'Tape'), list);
  let current = null;
  const scroll = () => {
    if (!el.open || !current) return;
    const above = current.offsetTop - list.scrollTop;
    const seen = above >= 0 && above + current.offsetHeight <= list.clientHeight;
    if (!seen) list.scrollTop = current.offsetTop - list.clientHeight / 2;
  };
  const show = (at, top) => {
    buttons.forEach((button, i) => dim(button, i >= top));
    if (current) current.removeAttribute('aria-current');
    current = buttons[at - 1] || null;
    if (current) put(current, { 'aria-current': 'step' });
    scroll();
  };
  buttons.forEach((button, i) => button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') jump(i + 1);
  }));
  el.addEventListener('toggle', scroll);
  return { el, show };
}
