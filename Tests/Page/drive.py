"""Drives headless Chromium through chromedriver's WebDriver HTTP API; standard library only.

    from drive import Browser
    with Browser() as b:
        b.open('/path/page.html')
        b.click(b.find('.stepper [data-act=step]'))
        assert b.text('.place').startswith('forward 1 of 2')
        b.check_console()          # raises on any SEVERE entry, so also on a CSP violation

A selector may be given wherever an element is asked for.
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

# Names for Browser.keys(); anything else of one character is typed as it is.
KEYS = {name: chr(code) for name, code in {
    'Backspace': 0xE003, 'Tab': 0xE004, 'Enter': 0xE007, 'Shift': 0xE008, 'Control': 0xE009,
    'Alt': 0xE00A, 'Escape': 0xE00C, 'Space': 0xE00D, 'PageUp': 0xE00E, 'PageDown': 0xE00F,
    'End': 0xE010, 'Home': 0xE011, 'Left': 0xE012, 'Up': 0xE013, 'Right': 0xE014,
    'Down': 0xE015, 'Delete': 0xE017, 'Meta': 0xE03D}.items()}


# chromedriver listens on this machine: never through a proxy.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Element(str):
    """The id of an element; a plain string is a selector."""


class DriverError(Exception):
    """An error that chromedriver reported; .code is WebDriver's name for it."""

    def __init__(self, code, message):
        super().__init__(f'{code}: {message}')
        self.code = code


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Browser:
    def __init__(self, size=(1280, 900), chromedriver='chromedriver', binary=None, args=()):
        self.session = None
        self.seen = []  # every console entry so far
        self.dir = tempfile.mkdtemp(prefix='backstep-browser-')
        env = dict(os.environ, TMPDIR=self.dir, XDG_CONFIG_HOME=self.dir, XDG_CACHE_HOME=self.dir)
        port = free_port()
        self.base = f'http://127.0.0.1:{port}'
        self.driver = subprocess.Popen([chromedriver, f'--port={port}'], env=env,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._begin(size, binary, args)
        except BaseException:
            self.close()
            raise

    def _begin(self, size, binary, args):
        for _ in range(150):
            try:
                if self._call('GET', '/status')['ready']:
                    break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError('chromedriver did not start')
        options = {'args': ['--headless=new', '--no-sandbox', '--disable-gpu',
                            f'--window-size={size[0]},{size[1]}', *args]}
        if binary:
            options['binary'] = binary
        answer = self._call('POST', '/session', {'capabilities': {'alwaysMatch': {
            'browserName': 'chrome', 'goog:chromeOptions': options,
            'goog:loggingPrefs': {'browser': 'ALL'}}}})
        self.session = answer['sessionId']

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the session and the chromedriver started here, and removes the profile."""
        try:
            if self.session:
                self._call('DELETE', f'/session/{self.session}')
        except (OSError, DriverError):
            pass
        self.session = None
        self.driver.terminate()
        try:
            self.driver.wait(10)
        except subprocess.TimeoutExpired:
            self.driver.kill()
        shutil.rmtree(self.dir, ignore_errors=True)

    # ---- the wire ----

    def _call(self, method, path, body=None):
        data = None if method != 'POST' else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.base + path, data, method=method,
                                         headers={'Content-Type': 'application/json'})
        try:
            with OPENER.open(request, timeout=60) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            value = json.load(error)['value']
            raise DriverError(value['error'], value['message']) from None

    def _do(self, method, path, body=None):
        return self._call(method, f'/session/{self.session}{path}', body)

    def cdp(self, command, **params):
        """A Chrome DevTools command, such as cdp('Emulation.setEmulatedMedia', media='print')."""
        return self._do('POST', '/goog/cdp/execute', {'cmd': command, 'params': params})

    # ---- the page ----

    def open(self, page):
        """Opens an address, or a file by its path."""
        url = str(page)
        if '://' not in url:
            url = pathlib.Path(url).resolve().as_uri()
        self._do('POST', '/url', {'url': url})

    def find_all(self, selector):
        found = self._do('POST', '/elements', {'using': 'css selector', 'value': selector})
        return [Element(one[ELEMENT]) for one in found]

    def find(self, selector):
        found = self._do('POST', '/element', {'using': 'css selector', 'value': selector})
        return Element(found[ELEMENT])

    def _id(self, element):
        return element if isinstance(element, Element) else self.find(element)

    def click(self, element):
        """A real click in the middle of the element, after scrolling it into view."""
        self._do('POST', f'/element/{self._id(element)}/click')

    def text(self, element):
        """All the text, also of what cannot be seen, spaces made single."""
        return ' '.join(self.script('return arguments[0].textContent', element).split())

    def attribute(self, element, name):
        return self.script('return arguments[0].getAttribute(arguments[1])', element, [name])

    def visible(self, element):
        return self._do('GET', f'/element/{self._id(element)}/displayed')

    def focus(self, element):
        self.script('arguments[0].focus()', element)

    def active(self, expression='document.activeElement'):
        """What has the focus: tag.class, for tests."""
        return self.script(f'const e = {expression}; return e.tagName.toLowerCase() + '
                           '[...e.classList].map((c) => "." + c).join("")')

    def keys(self, *strokes, into=None):
        """Real key strokes where the focus is: keys('Right'), keys('Shift+Right'), keys('-', '4').

        A word that is neither a name in KEYS nor a chord is typed letter by letter."""
        if into is not None:
            self.focus(into)
        actions = []
        for stroke in strokes:
            chord = stroke.split('+') if '+' in stroke and len(stroke) > 1 else [stroke]
            if not all(part in KEYS or len(part) == 1 for part in chord):
                chord = None
            for group in ([chord] if chord else [[letter] for letter in stroke]):
                codes = [KEYS.get(part, part) for part in group]
                actions += [{'type': 'keyDown', 'value': code} for code in codes]
                actions += [{'type': 'keyUp', 'value': code} for code in reversed(codes)]
        self._do('POST', '/actions',
                 {'actions': [{'type': 'key', 'id': 'keyboard', 'actions': actions}]})

    def type(self, element, text):
        """Replaces the text of an input by typing."""
        found = self._id(element)
        self._do('POST', f'/element/{found}/clear')
        self._do('POST', f'/element/{found}/value', {'text': text})

    def script(self, source, element=None, args=()):
        """Runs a function body; arguments[0] is the element when one is given, then args."""
        first = [] if element is None else [{ELEMENT: self._id(element)}]
        return self._do('POST', '/execute/sync', {'script': source, 'args': first + list(args)})

    def wait(self, source, seconds=5):
        """Waits until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self.script(f'return Boolean({source})'):
            if time.monotonic() > end:
                raise AssertionError(f'never true: {source}')
            time.sleep(0.05)

    # ---- the window ----

    def resize(self, width, height, phone=False):
        """Sets the size of the viewport itself, below the least width of a window too."""
        self.cdp('Emulation.setDeviceMetricsOverride', width=width, height=height,
                 deviceScaleFactor=2 if phone else 1, mobile=phone)

    def media(self, kind='', **features):
        """media(prefers_color_scheme='dark'), media('print'); media() undoes."""
        self.cdp('Emulation.setEmulatedMedia', media=kind, features=[
            {'name': name.replace('_', '-'), 'value': value} for name, value in features.items()])

    def screenshot(self, path, full=False):
        if full:
            box = self.cdp('Page.getLayoutMetrics')['cssContentSize']
            data = self.cdp('Page.captureScreenshot', captureBeyondViewport=True,
                            clip={**box, 'scale': 1})['data']
        else:
            data = self._do('GET', '/screenshot')
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def pdf(self, path, **options):
        """Prints to a file; background=True prints backgrounds."""
        pathlib.Path(path).write_bytes(base64.b64decode(self._do('POST', '/print', options)))

    # ---- the console ----

    def console(self):
        """New console entries since the last call."""
        fresh = self._do('POST', '/se/log', {'type': 'browser'})
        self.seen += fresh
        return fresh

    def check_console(self):
        self.console()
        severe = [entry['message'] for entry in self.seen if entry['level'] == 'SEVERE']
        if severe:
            raise AssertionError('console:\n' + '\n'.join(severe))
