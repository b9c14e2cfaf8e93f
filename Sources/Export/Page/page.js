// The page that steps. Nothing is computed here: every number is a string the engine wrote.
// Text from the file only ever becomes a text node, so a hostile name stays inert.
(() => {
  'use strict';

  const put = (el, attributes) => {
    for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  };
  const make = (tag, attributes, ...children) => {
    const el = document.createElement(tag);
    put(el, attributes);
    el.append(...children);
    return el;
  };
  const dim = (el, off) => put(el, { 'aria-disabled': off }); // unlike disabled, keeps focus
  const overflows = (el) => el.scrollWidth > el.clientWidth;

  // A region that scrolls sideways must be reachable by keyboard, but only while it does.
  const fitting = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (overflows(target)) put(target, { tabindex: 0 });
      else target.removeAttribute('tabindex');
    }
  });

  // ---- The drawing ----

  const add = (map, key, item) => {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(item);
  };

  // Looked up once: a move must not search a drawing of 400 boxes.
  function indexDrawing(area) {
    const index = { boxes: new Map(), lit: new Map(), labels: [new Map(), new Map()] };
    for (const el of area.querySelectorAll('g.box, [data-part], [data-gate]')) {
      const { box, part, gate } = el.dataset;
      if (box) add(index.boxes, +box, el);
      for (const key of new Set([box, part, gate])) if (key) add(index.lit, +key, el);
    }
    ['text.value', 'text.gradient'].forEach((selector, kind) => {
      for (const el of area.querySelectorAll(selector)) {
        add(index.labels[kind], +el.dataset.box, el);
      }
    });
    return index;
  }

  function labelsAt({ start, events }, at) {
    const labels = start.map((pair) => [...pair]);
    for (const { changes } of events.slice(0, at)) {
      for (const [box, kind, text] of changes) labels[box][kind] = text;
    }
    return labels;
  }

  // Keeps the box at work in sight when the drawing is wider than the screen.
  function reveal(area, box) {
    if (!overflows(area)) return;
    const [inner, outer] = [box.getBoundingClientRect(), area.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right) {
      area.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
    }
  }

  function makeDrawing(area, circuit) {
    const { boxes, lit, labels } = indexDrawing(area);
    const description = area.querySelector('desc');
    let marked = [];
    const mark = (name, els = []) => {
      for (const el of els) el.classList.add(name);
      marked.push(...els);
    };
    const write = (texts) => labels.forEach((map, kind) => map.forEach((els, box) => {
      for (const el of els) {
        if (el.textContent !== texts[box][kind]) el.textContent = texts[box][kind];
      }
    }));
    // What the picture says, for who does not see it.
    const describe = (texts) => {
      const facts = texts.map(([value, gradient], box) => circuit.boxes[box] && (
        `${circuit.boxes[box]}: value ${value === '\u00B7' ? 'not known yet' : value}`
        + (gradient && `, gradient ${gradient}`)));
      description.textContent = `${facts.filter(Boolean).join('; ')}.`;
    };
    const show = (at) => {
      const { box, changes } = circuit.events[at - 1] || { box: -1, changes: [] };
      for (const el of marked) el.classList.remove('active', 'fresh');
      marked = [];
      const texts = labelsAt(circuit, at);
      write(texts);
      describe(texts);
      mark('active', lit.get(box));
      for (const [changed, kind] of changes) mark('fresh', labels[kind].get(changed));
      if (at === 0) area.scrollLeft = 0;
      else if (boxes.has(box)) reveal(area, boxes.get(box)[0]);
    };

    // Boxes that have a ledger become buttons that choose it.
    const offer = (chosen, choose) => {
      // A screen reader would not look for buttons inside role=img.
      if (chosen.length > 0) put(area.querySelector('svg'), { role: 'group' });
      for (const box of chosen) {
        const label = `ledger of ${circuit.boxes[box]}`;
        for (const el of boxes.get(box) || []) {
          put(el, { tabindex: 0, role: 'button', 'aria-label': label });
        }
      }
      const pick = ({ target }) => {
        const el = target.closest('[data-box]');
        if (el && chosen.includes(+el.dataset.box)) choose(+el.dataset.box);
      };
      area.addEventListener('click', pick);
      area.addEventListener('keydown', (event) => {
        if (!['Enter', ' '].includes(event.key) || !event.target.closest('g.box')) return;
        event.preventDefault();
        pick(event);
      });
    };
    fitting.observe(area);
    return { show, offer };
  }

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

  // rows: [text of the first cell, row of contributions, class]
  function makeTable(caption, first, rows) {
    const heads = [first, 'local gradient', '\u00D7 upstream', '= contribution', 'gradient so far'];
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
      const { lines, rows, notes } = events[at - 1] || { lines: [], rows: [], notes: [HELP] };
      el.replaceChildren(...paragraphs('line', lines), ...paragraphs('note', notes));
      if (rows.length === 0) return;
      const table = makeTable('This event', 'into', rows.map((row) => [row[1], row, '']));
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
        // A later pass begins a new sum, so a rule is drawn between them.
        const fresh = k > 0 && arrived[k - 1].event.pass !== event.pass;
        const from = [event.title, event.what].filter(Boolean).join(', ');
        return [from, row, fresh ? 'newpass' : ''];
      });
      list.replaceChildren(rows.length > 0
        ? makeTable(`Arrived at ${circuit.boxes[+select.value]}`, 'from', rows)
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
    buttons.forEach((button, i) => button.addEventListener('click', () => jump(i + 1)));
    el.addEventListener('toggle', scroll);
    return { el, show };
  }

  // ---- The stepper ----

  const KEYS = new Map([['ArrowRight', 'step'], ['n', 'step'], ['ArrowLeft', 'undo'],
    ['p', 'undo'], ['Home', 'start'], ['End', 'last'], ['Shift+ArrowRight', 'pass'],
    ['Shift+ArrowLeft', 'back']]);

  // Where an action leads from a position.
  function target(action, at, events, top) {
    const pass = (i) => events[i].pass;
    let to = at;
    if (action === 'start') return 0;
    if (action === 'last') return top;
    if (action === 'undo') return Math.max(0, at - 1);
    if (action === 'step') return Math.min(top, at + 1);
    if (action === 'pass') while (to < top && pass(to) === pass(at)) to += 1;
    if (action === 'back') while (to > 0 && pass(to - 1) === pass(at - 1)) to -= 1;
    return to;
  }

  function keyAction(event, area) {
    if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
    if (event.target.closest('select, input:not([type=checkbox])')) return undefined;
    const key = (event.shiftKey ? 'Shift+' : '') + event.key;
    // A focused drawing that is too wide keeps its arrows, or a keyboard could not scroll it.
    if (event.target === area && overflows(area) && key.startsWith('Arrow')) return undefined;
    return KEYS.get(key);
  }

  function makeStepper(root, circuit) {
    const { events } = circuit;
    const area = root.querySelector('.drawing');
    const live = make('p', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
    let at = 0;
    // What a question asks for cannot be stepped to before it is answered.
    let top = events.length;

    const go = (to, before = '') => {
      at = Math.min(to, top);
      show(at);
      const end = at === events.length ? ' End of the run.' : '';
      live.textContent = at === 0 ? 'Start.' : before + events[at - 1].said + end;
    };
    const act = (action) => {
      const undone = action === 'undo' || action === 'back';
      go(target(action, at, events, top), undone ? 'Undone to: ' : '');
    };

    const drawing = makeDrawing(area, circuit);
    const toolbar = makeToolbar(circuit, act);
    const arith = makeArith(circuit);
    const ledger = makeLedger(circuit);
    const tape = makeTape(circuit, go);
    const show = (position) => {
      for (const part of [drawing, toolbar, arith, ledger, tape]) part.show(position, top);
      // The colour of the work follows its direction; the words beside it say the same.
      const { changes } = events[position - 1] || { changes: [] };
      root.classList.toggle('back', changes.length > 0 && changes.every(([, kind]) => kind));
    };

    drawing.offer(ledger.order, ledger.choose);
    area.before(toolbar.el);
    area.after(arith.el, ledger.el, tape.el, live);
    root.addEventListener('keydown', (event) => {
      const action = keyAction(event, area);
      if (!action) return;
      event.preventDefault();
      act(action);
    });
    // On paper the whole run is of more use than one moment of it.
    window.addEventListener('beforeprint', () => show(events.length));
    window.addEventListener('afterprint', () => show(at));
    show(0);
    const open = (count) => {
      top = count;
      show(at);
    };
    return { root, open, count: events.length };
  }

  // Steppers stand where the text has come to, and go as far as it has gone.
  function followText(steppers) {
    const isOpen = (el) => !el.closest('.rest[hidden]');
    const isWhole = !document.querySelector('.rest[hidden]');
    steppers.forEach(({ root, open, count }, number) => {
      const marks = [...document.querySelectorAll(`.here[data-circuit="${number}"]`)].filter(isOpen);
      const last = marks[marks.length - 1];
      if (last && last.nextElementSibling !== root) last.after(root);
      open(isWhole || !last ? count : Math.min(count, +last.dataset.events));
    });
  }

  // ---- Questions ----

  const SPECIAL = new Map([['nan', NaN], ['inf', Infinity], ['-inf', -Infinity]]);

  // Encoded so that the answers do not meet the eye in the source; they are no secret.
  function decode(key) {
    const bytes = Uint8Array.from(atob(key), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  // The number typed, and how precisely, where it is a decimal: its places and its exponent; or null.
  function readNumber(typed) {
    const text = typed.trim().replace(/\u2212/g, '-').toLowerCase();
    if (SPECIAL.has(text)) return { value: SPECIAL.get(text), places: 0 };
    const [, above, below] = /^([+-]?\d+)\s*\/\s*([+-]?\d+)$/.exec(text) || [];
    if (Number(below)) return { value: above / below, places: 0 };
    const decimal = /^[+-]?(?=\.?\d)(?:\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/.exec(text);
    if (!decimal) return null;
    const [, part = '', exponent] = decimal;
    return { value: Number(text), places: part.length, exponent };
  }

  // The rule of the terminal: within half a percent, or as precise as it was typed.
  function isRight({ value, places, exponent }, answer) {
    const wanted = SPECIAL.has(answer) ? SPECIAL.get(answer) : answer;
    if (value === wanted || Object.is(value, wanted)) return true;
    if (!Number.isFinite(value) || !Number.isFinite(wanted)) return false;
    const [gap, size] = [Math.abs(value - wanted), Math.abs(wanted)];
    if (Number.isInteger(wanted) && size < 1000) return gap <= 1e-6 * Math.max(1, size);
    if (gap <= 0.005 * size) return true;
    if (places < (exponent === undefined ? 2 : 1) || gap > 0.3 * size) return false;
    const last = Math.min(Math.max(Number(exponent || 0) - places, -320), 300);
    return gap <= 0.5000001 * 10 ** last;
  }

  // A judge answers { ask } when there is nothing to judge, else { right, message }.
  function judgeNumber(inputs, key) {
    const typed = readNumber(inputs[0].value);
    if (!typed) return { ask: 'Type a number, such as -4 or 0.25.' };
    const known = key.wrong.find(([value]) => isRight(typed, value));
    return { right: isRight(typed, key.answer), message: known && known[1] };
  }

  function judgeChoice(inputs, key) {
    const chosen = inputs.find((input) => input.checked);
    if (!chosen) return { ask: 'Choose an answer.' };
    return { right: chosen.value === key.right, message: key.messages[chosen.value] };
  }

  function makeQuestion(form, { kind, key: encoded }, onAnswer) {
    const key = decode(encoded);
    const choice = kind === 'choice';
    const judge = choice ? judgeChoice : judgeNumber;
    const inputs = [...form.querySelectorAll('input')];
    const [check, hint, answer] = form.querySelectorAll('[type=submit], .hint, .show');
    const verdict = form.querySelector('.verdict');
    // What follows would tell the answer.
    const rest = document.querySelector(`.rest[data-after="${form.dataset.question}"]`);
    const hints = make('div', { class: 'hints', role: 'status', 'aria-atomic': 'false' });
    let hinted = 0;
    let done = false;

    const say = (name, ...texts) => {
      verdict.className = `verdict ${name}`;
      verdict.textContent = texts.filter(Boolean).join('\n');
    };
    const finish = () => {
      done = true;
      if (rest) rest.hidden = false;
      onAnswer();
      for (const button of [check, hint, answer]) dim(button, true);
      for (const input of inputs) {
        if (choice) input.disabled = !input.checked; // the one left keeps the focus
        else input.readOnly = true;
      }
    };
    const submit = () => {
      const { ask, right, message } = judge(inputs, key);
      if (ask) {
        say('', ask);
      } else if (right) {
        finish();
        say('good', '\u2713 Right.', key.after);
      } else {
        const more = hinted < key.hints.length ? 'Try again, or take a hint.' : 'Try again.';
        say('wrong', message || `Not quite. ${more}`);
      }
    };

    verdict.after(hints);
    hint.hidden = key.hints.length === 0;
    answer.hidden = false;
    if (rest) rest.hidden = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!done) submit();
    });
    hint.addEventListener('click', () => {
      if (done || hinted === key.hints.length) return;
      hints.append(make('p', {}, make('b', {}, 'Hint:'), ` ${key.hints[hinted]}`));
      hinted += 1;
      dim(hint, hinted === key.hints.length);
    });
    answer.addEventListener('click', () => {
      if (done) return;
      for (const input of inputs) input.checked = choice && input.value === key.right;
      finish();
      say('shown', `The answer: ${key.shown}`, key.after);
    });
  }

  // ---- Begin ----

  const { circuits, questions } = JSON.parse(document.getElementById('tape').textContent);
  const steppers = circuits.map((circuit, number) => (
    makeStepper(document.querySelector(`.stepper[data-circuit="${number}"]`), circuit)));
  const follow = () => followText(steppers);
  for (const form of document.querySelectorAll('.question')) {
    makeQuestion(form, questions[form.dataset.question], follow);
  }
  const rests = [...document.querySelectorAll('.rest')];
  if (rests.length > 0) {
    const all = make('button', { type: 'button', class: 'all' }, 'Show the whole lesson');
    all.addEventListener('click', () => {
      for (const rest of rests) rest.hidden = false;
      dim(all, true);
      follow();
    });
    document.querySelector('header').append(all);
  }
  follow();
  for (const pre of document.querySelectorAll('pre, .card table')) fitting.observe(pre);
})();
