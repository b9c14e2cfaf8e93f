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
  const message = known && known[1].replaceAll('{number}', inputs[0].value.trim());
  return { right: isRight(typed, key.answer), message };
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
