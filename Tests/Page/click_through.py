"""Clicks through exported pages in headless Chromium and compares every number with the engine's.

    python3 click_through.py PROGRAM LESSONS FOLDER

Pages and pictures of them are left in FOLDER. Exits with 1 and says what differs.
"""

import json
import pathlib
import re
import subprocess
import sys

from drive import Browser

PROGRAM, LESSONS, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
HOSTILE = pathlib.Path(__file__).resolve().parents[1] / "LanguageTests/Oracle/hostile.jsonl"
faults = []
checks = 0


def expect(condition, words):
    global checks
    checks += 1
    if not condition:
        faults.append(words)


def run(*arguments, typed=None):
    outcome = subprocess.run(
        [PROGRAM, *arguments], input=typed, capture_output=True, text=True, check=True)
    return outcome.stdout


def page(name, *arguments):
    """Writes a page; returns its path."""
    path = FOLDER / name
    run(*arguments, "--output", str(path))
    return path


def states(lines):
    """What the engine knows of each node after each event, from another exporter."""
    result = []
    while True:
        step = [f"step {len(result)}"] if result else []
        typed = [word for line in lines + step for word in ("-e", line)]
        data = json.loads(run("export", "json", *typed))
        result.append({node["label"]: node for node in data["nodes"]})
        if len(result) > data["events"]:
            return result


def is_shown(text, number):
    """Whether a label of a wire is a number, rounded to two decimals or to a few digits."""
    try:
        shown = float(text)
    except ValueError:
        return False
    return abs(shown - number) <= max(0.00501, 0.06 * abs(number) if abs(number) < 0.01 else 0)


def compare(browser, stepper, state, where):
    """Each label of the drawing against the engine's numbers."""
    boxes = browser.script(
        "const data = JSON.parse(document.getElementById('tape').textContent);"
        "const root = document.querySelector(arguments[0]);"
        "const names = data.circuits[+root.dataset.circuit].boxes;"
        "const read = (kind) => [...root.querySelectorAll(`text.${kind}`)]"
        "  .map((el) => [names[+el.dataset.box], el.textContent]);"
        "return [read('value'), read('gradient')];", args=(stepper,))
    expect(len(boxes[0]) > 0, f"{where}: no labels")
    for name, text in boxes[0]:
        node = state[name]
        if "value" in node:
            expect(is_shown(text, node["value"]), f"{where}: {name} shows {text}, not {node['value']}")
        else:
            expect(text == "·", f"{where}: {name} shows {text}, and is not known yet")
    for name, text in boxes[1]:
        node = state[name]
        waits = node.get("received", 0) < node.get("due", 0)
        if "gradient" not in node:
            expect(text == "", f"{where}: {name} has {text}, and no gradient yet")
        else:
            expect(text.endswith("+") == waits, f"{where}: {name} shows {text}, waiting: {waits}")
            expect(is_shown(text.rstrip("+"), node["gradient"]), f"{where}: gradient of {name}: {text}")


def formula_page(browser):
    circuits = {
        "slide": ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"],
        "shared": ["x = 3, w = -0.5", "h = tanh(x * w)", "f = h * x - exp(h) / (x + w)"],
        "vector": ["x = [1, 2, -1], w = [0.5, -1, 2]", "h = relu(x * w)", "f = sum(h) ^ 2"],
    }
    for name, lines in circuits.items():
        typed = [word for line in lines for word in ("-e", line)]
        browser.open(page(f"{name}.html", "export", "html", *typed))
        expected = states(lines)
        for event, state in enumerate(expected):
            compare(browser, ".stepper", state, f"{name}, event {event}")
            if event + 1 < len(expected):
                browser.click("[data-act=step]")
        expect(browser.attribute("[data-act=step]", "aria-disabled") == "true", "step goes on at the end")
        # Back by keys, to the start and to the end at once, by passes and by the tape.
        browser.focus(".stepper")
        for event in reversed(range(len(expected) - 1)):
            browser.keys("Left")
            compare(browser, ".stepper", expected[event], f"{name}, back to {event}")
        browser.keys("End")
        compare(browser, ".stepper", expected[-1], f"{name}, End")
        browser.keys("Home")
        compare(browser, ".stepper", expected[0], f"{name}, Home")
        browser.keys("Shift+Right")
        gates = sum(1 for node in expected[0].values() if node["kind"] == "gate")
        compare(browser, ".stepper", expected[gates], f"{name}, the forward pass")
        browser.click("summary")
        browser.click(".tape li:nth-child(2) button")
        compare(browser, ".stepper", expected[2], f"{name}, by the tape")
        live = browser.text(".stepper > [role=status]")
        expect("step 2 of" in live, f"{name}: a screen reader hears {live!r}")
        browser.check_console()
    # The arithmetic and the ledger are the terminal's.
    browser.open(FOLDER / "slide.html")
    for _ in range(5):
        browser.click("[data-act=step]")
    card = run("-", typed="\n".join(circuits["slide"] + ["step 5"]) + "\n")
    for cell in browser.script(
            "return [...document.querySelectorAll('.arith td, .arith .line')].map((el) => el.textContent)"):
        expect(cell in card, f"the card of the terminal has no {cell!r}")
    browser.screenshot(FOLDER / "slide.png")
    browser.media("", prefers_color_scheme="dark")
    browser.screenshot(FOLDER / "slide-dark.png")
    browser.media()


def lesson_page(browser):
    lesson = LESSONS / "05-backpropagation-by-example.md"
    browser.open(page("lesson.html", "lesson", str(lesson), "--html"))
    seen = browser.script("return document.body.innerText")
    expect("-12" not in seen, "the answer -12 can be read before it is asked for")
    expect("What does the + gate send on" in seen, "the first question is not there")
    # The first wrong answer is diagnosed as in the terminal.
    browser.type("#answer-0", "7")
    browser.click('[data-question="0"] [type=submit]')
    said = re.sub(r"\s+", " ", browser.text('[data-question="0"] .verdict'))
    terminal = re.sub(r"\s+", " ", run("lesson", str(lesson), typed="\n7\n3\n"))
    expect(said in terminal, f"the page says {said!r}, and the terminal does not")
    browser.type("#answer-0", "three")
    browser.click('[data-question="0"] [type=submit]')
    expect("Type a number" in browser.text('[data-question="0"] .verdict'), "a word is taken for a number")
    browser.type("#answer-0", "3")
    browser.keys("Enter", into="#answer-0")
    expect("Right" in browser.text('[data-question="0"] .verdict'), "3 is not right")
    expect(browser.visible(".stepper"), "the answer did not open what follows")
    browser.click("[data-act=step]")
    expect(browser.attribute("[data-act=step]", "aria-disabled") == "true",
           "what the next question asks can be stepped to")
    numbers = 0
    while True:
        left = [n for n in range(len(browser.find_all(".question")))
                if browser.visible(f'[data-question="{n}"]')
                and browser.attribute(f'[data-question="{n}"] [type=submit]', "aria-disabled") != "true"]
        if not left:
            break
        numbers += 1
        browser.click(f'[data-question="{left[0]}"] .show')
        expect("The answer" in browser.text(f'[data-question="{left[0]}"] .verdict'), "no answer shown")
    expect(numbers >= 5, f"only {numbers} questions were left")
    lines = ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"]
    browser.click("[data-act=start]")
    for event, state in enumerate(states(lines)):
        compare(browser, ".stepper", state, f"lesson, event {event}")
        browser.click("[data-act=step]")
    browser.check_console()
    browser.screenshot(FOLDER / "lesson.png", full=True)
    browser.resize(360, 740, phone=True)
    browser.screenshot(FOLDER / "phone.png")
    wide = browser.script("return document.documentElement.scrollWidth")
    expect(wide <= 362, f"a phone has to scroll sideways: {wide}")
    browser.resize(1100, 900)
    browser.pdf(FOLDER / "lesson.pdf")


def judging(browser):
    """The page takes for right exactly what the terminal takes for right, and says the same to mistakes."""
    diagnoses = 0
    for inputs, asked, typed in (
            ("x = 0.7, w = 1.3", "value f", ["0.7211", "0.721", "0.72", "0.7", "7.2e-1", "0.7247", "0.7248",
                                             "0.71", "-0.7211", "0.91", "1", "nan", "1/2", ".72"]),
            ("x = 0.002, w = 0.001", "grad x", ["0.001", "1e-3", "1.0e-3", "0.0010", "0.00", "0.002", "9.9e-4"]),
            ("x = 2, w = 3", "grad w", ["0", "1e-7", "2", "-0", "0.00", "1.5e-5"])):
        lesson = FOLDER / "judged.md"
        lesson.write_text(
            f"# Judged\n\n```backstep quiet\n> {inputs}\n> f = tanh(x * w)\n> forward\n```\n\n"
            f"> **Predict.** What is it?\n\n<!-- answer: {asked}\n-->\n")
        browser.open(page("judged.html", "lesson", str(lesson), "--html"))
        for text in typed:
            browser.script("location.reload()")
            browser.wait("document.querySelector('.verdict') && !document.querySelector('.verdict').textContent")
            browser.type("#answer-0", text)
            browser.click('[data-question="0"] [type=submit]')
            verdict = re.sub(r"\s+", " ", browser.text('[data-question="0"] .verdict'))
            terminal = re.sub(r"\s+", " ", run("lesson", str(lesson), typed=f"{text}\n"))
            expect(("✓ Right" in verdict) == ("yes, " in terminal),
                   f"{asked} at {inputs}: {text} is {verdict!r} here, and there {terminal!r}")
            said = re.search(r"not yet\. (.*?) Left judged", terminal)
            if said and not said[1].startswith("Try again"):
                expect(verdict == said[1], f"{text}: {verdict!r}, and there {said[1]!r}")
                diagnoses += 1
    expect(diagnoses >= 5, f"only {diagnoses} diagnoses were compared")


def odd_pages(browser):
    """Many operands, descent, two passes, boxes of many nodes: what the card says, the page says."""
    names = [f"i{n}" for n in range(30)]
    many = ["-e", ", ".join(f"{name} = {n}" for n, name in enumerate(names)), "-e", "f = " + " + ".join(names)]
    browser.open(page("many.html", "export", "html", *many))
    browser.focus(".stepper")
    browser.keys("End")
    for name in ("i0", "i24", "i29"):
        rows = browser.script(
            "const select = document.querySelector('.ledger select');"
            "select.value = [...select.options].find((o) => o.text === arguments[0])?.value;"
            "select.dispatchEvent(new Event('change'));"
            "return [...document.querySelectorAll('.ledger tbody td')].map((td) => td.textContent)", args=(name,))
        expect(rows[1:3] == ["× 1", "= 1"], f"the ledger of {name} is {rows}")
    descent = ["x = 3", "f = x ^ 2", "backward", "update rate 0.1 wrt x", "forward", "backward"]
    typed = [word for line in descent for word in ("-e", line)]
    browser.open(page("descent.html", "export", "html", *typed))
    browser.focus(".stepper")
    heads = []
    for _ in range(12):
        browser.keys("Right")
        title = browser.text(".place b")
        cells = browser.script("return [...document.querySelectorAll('.arith th[scope=col]')].map((th) => th.textContent)")
        if title.startswith("update"):
            heads = cells
        last = browser.script("return [...document.querySelectorAll('text.value, text.gradient')].map((t) => t.textContent)")
    card = run("-", typed="\n".join(descent[:4]) + "\n")
    expect(heads != [] and "local gradient" not in heads, f"an update has the columns {heads}")
    expect(all(head in card for head in heads), f"the terminal has other columns than {heads}")
    # 3 - 0.1 * 6 = 2.4; without zero its gradient is added: 6 + 4.8.
    expect({"2.40", "10.80", "5.76"} <= set(last), f"after the second pass the page shows {last}")
    wide = ["seed 1", "x = uniform(0, 1, 40), W = uniform(-1, 1, 12, 40), b = uniform(0, 1, 12)",
            "h = tanh(W @ x + b)", "f = sum(h)"]
    typed = [word for line in wide for word in ("-e", line)]
    browser.open(page("wide.html", "export", "html", *typed))
    browser.focus(".stepper")
    browser.keys("End")
    boxes = browser.script("return [...document.querySelectorAll('.box .sign')].map((t) => t.textContent)")
    expect("W [12 × 40]" in boxes and "x [40]" in boxes, f"the boxes are {boxes}")
    expect(browser.script("return document.querySelectorAll('.box.gate').length") == 2, "an input looks like a gate")
    browser.check_console()


def gates(browser):
    """In every lesson, question by question: what could be stepped to stays in reach."""
    for path in sorted((FOLDER / "site").glob("[0-9]*.html")):
        browser.open(path)
        reach = {}
        while True:
            tops = browser.script(
                "const tops = {};"
                "for (const root of document.querySelectorAll('.stepper')) {"
                "  if (root.closest('.rest[hidden]')) continue;"
                "  const before = root.querySelector('.place').textContent;"
                "  root.querySelector('[data-act=step]').click();"
                "  const at = (text) => +/event (\\d+) of/.exec(text)[1];"
                "  const after = root.querySelector('.place').textContent;"
                "  tops[root.dataset.circuit] = [at(before), at(after)];"
                "} return tops;")
            for circuit, (before, after) in tops.items():
                expect(after in (before, before + 1), f"{path.name}: Step goes from {before} to {after}")
                tape = f'.stepper[data-circuit="{circuit}"] .tape button:not([aria-disabled=true])'
                top = len(browser.find_all(tape))
                expect(top >= reach.get(circuit, 0), f"{path.name}: {reach[circuit] if circuit in reach else 0} events, then {top}")
                reach[circuit] = top
                gone = browser.script(
                    "return [...document.querySelectorAll(`.here[data-circuit=\"${arguments[0]}\"]`)]"
                    ".filter((el) => !el.closest('.rest[hidden]')).map((el) => +el.dataset.events)", args=(circuit,))
                expect(top >= max(gone), f"{path.name}: the text is at event {max(gone)}, and the stepper ends at {top}")
            left = browser.script(
                "return [...document.querySelectorAll('.question')].filter((el) => !el.closest('.rest[hidden]')"
                " && el.querySelector('[type=submit]').getAttribute('aria-disabled') !== 'true')"
                ".map((el) => el.dataset.question)")
            if not left:
                break
            browser.script(f"document.querySelector('[data-question=\"{left[0]}\"] .show').click()")
        browser.check_console()


def site(browser):
    """Every lesson: what the script shows at the end is what stands there without it."""
    folder = FOLDER / "site"
    folder.mkdir()
    run("site", str(folder))
    pages = sorted(folder.glob("[0-9]*.html"))
    expect(len(pages) >= 28, f"only {len(pages)} pages")
    for path in pages:
        text = path.read_text()
        still = re.findall(r'<text class="(?:value|gradient)" data-box="\d+"[^>]*>([^<]*)</text>', text)
        browser.open(path)
        if browser.find_all(".all"):
            browser.click(".all")
        moving = browser.script(
            "const found = [];"
            "for (const root of document.querySelectorAll('.stepper')) {"
            "  root.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));"
            "  for (const el of root.querySelectorAll('text.value, text.gradient')) found.push("
            "    [+root.dataset.circuit, el.textContent]);"
            "}"
            # Steppers move with the text; the file has them in the order of their numbers.
            "return found.sort((a, b) => a[0] - b[0]).map(([, text]) => text);")
        unescaped = [t.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for t in still]
        expect(moving == unescaped, f"{path.name}: the end of the run is not what the file says")
        main = browser.script("return document.querySelector('main').innerText")
        expect(not re.search("NaN|undefined|null", main), f"{path.name}: a hole")
        browser.check_console()
    browser.open(folder / "index.html")
    links = browser.script("return [...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href'))")
    expect(sorted(links) == [path.name for path in pages], "the index does not list the lessons")
    browser.screenshot(FOLDER / "index.png")
    sizes = {path.name[:2]: path.stat().st_size for path in pages}
    expect(sizes["05"] <= 150_000, f"lesson 05 is {sizes['05']} bytes")
    expect(sizes["25"] <= 1_000_000, f"lesson 25 is {sizes['25']} bytes")


def hostile_page(browser):
    """A lesson made of texts that try to get out."""
    texts = [bytes.fromhex(json.loads(line)["hex"]).decode("utf-8", "replace")
             for line in HOSTILE.read_text().splitlines()]
    safe = [text.replace("\r", " ").replace("\n", " ") for text in texts]
    # What a lesson file may not contain at all is refused elsewhere.
    safe = [text for text in safe if text.strip() and "\0" not in text]
    path = FOLDER / "hostile.md"

    def is_lesson(body):
        path.write_text("\n".join(["# Hostile", "", *body]))
        return subprocess.run(
            [PROGRAM, "lesson", str(path), "--html", "--output", str(FOLDER / "hostile.html")],
            capture_output=True).returncode == 0

    # Not every text may stand everywhere in a lesson; what is refused cannot do harm.
    body = []
    for text in safe:
        for part in (
                [text, ""], [f"A paragraph with {text} in it.", ""], [f"## {text}", "", "Text.", ""],
                ["```backstep skip", f"> {text}", text, "```", ""],
                [f"> **Predict.** What is {text} here?", "", "<!-- answer: 2", f"hint: {text}",
                 f"if 3: {text}", f"because: {text}", "-->", ""]):
            if is_lesson(part):
                body += part
    expect(len(body) > 1500, f"only {len(body)} lines are left to try")
    expect(is_lesson(body), "the lesson as a whole is refused")
    browser.open(FOLDER / "hostile.html")
    tags = set(browser.script("return [...document.querySelectorAll('*')].map((el) => el.tagName)"))
    known = {"HTML", "HEAD", "META", "TITLE", "STYLE", "BODY", "A", "HEADER", "H1", "H2", "H3", "H4", "P",
             "MAIN", "SECTION", "PRE", "SPAN", "KBD", "B", "CODE", "EM", "STRONG", "UL", "OL", "LI",
             "BLOCKQUOTE", "TABLE", "TBODY", "TR", "TH", "TD", "HR", "DETAILS", "SUMMARY", "FOOTER",
             "SCRIPT", "DIV", "FORM", "LABEL", "INPUT", "BUTTON", "FIELDSET", "LEGEND"}
    expect(tags <= known, f"elements nobody wrote: {tags - known}")
    acting = browser.script(
        "return [...document.querySelectorAll('*')].flatMap((el) => [...el.attributes])"
        ".filter((a) => /^on|^style$|^src/.test(a.name) || (a.name === 'href' && a.value !== '#lesson'))"
        ".map((a) => a.name + '=' + a.value)")
    expect(acting == [], f"attributes that act: {acting}")
    expect(len(browser.find_all("script")) == 2, "a script too many")
    browser.check_console()


with Browser(size=(1100, 900), args=("--no-sandbox", "--disable-dev-shm-usage")) as browser:
    for test in (formula_page, lesson_page, judging, odd_pages, site, gates, hostile_page):
        before = checks
        test(browser)
        print(f"{test.__name__}: {checks - before} checks")
for fault in faults[:40]:
    print("FAULT", fault)
print(f"{checks} checks, {len(faults)} faults")
sys.exit(1 if faults or checks < 500 else 0)
