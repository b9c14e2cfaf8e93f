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

function keyAction(event, root) {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (event.target.closest('select, input:not([type=checkbox])')) return undefined;
  const key = (event.shiftKey ? 'Shift+' : '') + event.key;
  // What is focused and too wide keeps its arrows, or a keyboard could not scroll it.
  const scrolls = event.target !== root && overflows(event.target);
  if (scrolls && key.startsWith('Arrow')) return undefined;
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
    const action = keyAction(event, root);
    if (!action) return;
    event.preventDefault();
    act(action);
  });
  // On paper the whole run is of more use than one moment of it.
  window.addEventListener('beforeprint', () => show(events.length));
  window.addEventListener('afterprint', () => show(at));
  show(0);
  // `to`: where the text has come to, which is what its reader wants to see.
  const open = (count, to = at) => {
    top = count;
    at = Math.min(to, top);
    show(at);
  };
  return { root, open, count: events.length };
}

// Steppers stand where the text has come to, and go as far as it has gone.
function followText(steppers) {
  const isOpen = (el) => !el.closest('.rest[hidden]');
  const isWhole = !document.querySelector('.rest[hidden]');
  const hasQuestions = document.querySelector('.rest') !== null;
  steppers.forEach(({ root, open, count }, number) => {
    const marks = [...document.querySelectorAll(`.here[data-circuit="${number}"]`)].filter(isOpen);
    const last = marks[marks.length - 1];
    if (last && last.nextElementSibling !== root) last.after(root);
    // A lesson may go back to the start of a run; what has been seen may still be seen.
    const seen = Math.max(0, ...marks.map((mark) => +mark.dataset.events));
    const here = last && hasQuestions ? +last.dataset.events : undefined;
    open(isWhole || !last ? count : Math.min(count, seen), here);
  });
}
