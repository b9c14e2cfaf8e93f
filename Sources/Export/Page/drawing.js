// The page that steps. Nothing is computed here: every number is a string the engine wrote.
// Text from the file only ever becomes a text node, so a hostile name stays inert.
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
const overflows = (el) => el.scrollWidth > el.clientWidth || el.scrollHeight > el.clientHeight + 1;

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
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    area.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
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
    if (at === 0) area.scrollTo(0, 0);
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
