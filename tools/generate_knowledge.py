#!/usr/bin/env python3
"""Makes the tables of rules/generated/ out of pinned registry packages.

    python3 tools/generate_knowledge.py fetch   INPUTS     # fill INPUTS with the pinned packages
    python3 tools/generate_knowledge.py build   INPUTS     # write the tables, print what changed
    python3 tools/generate_knowledge.py check   INPUTS     # exit 1 if a table is not what `build` would write
    python3 tools/generate_knowledge.py verify  INPUTS     # compare the tables with the packages' own code (minutes)

INPUTS is a folder with the packages as their registries give them, or unpacked in folders of the same name:

    pip download --no-deps phonenumbers==9.0.43            phonenumbers-9.0.43-py2.py3-none-any.whl
    npm pack mcc-mnc-list@1.1.11                           mcc-mnc-list-1.1.11.tgz
    npm pack cldr-localenames-full@48.2.0                  cldr-localenames-full-48.2.0.tgz
    npm pack cldr-core@48.2.0                              cldr-core-48.2.0.tgz
    apt-get download mobile-broadband-provider-info        mobile-broadband-provider-info_20230416-1_all.deb

Each of them can lie elsewhere: --phonenumbers, --mcc-mnc-list, --cldr-localenames, --cldr-core, --providers PATH.
The tables depend on these packages and on this file only: the same inputs give the same bytes.
Needs Python 3.11 or later and nothing else (`dpkg-deb` if the Debian package is given packed).
"""

import argparse
import hashlib
import importlib
import io
import json
import re
import subprocess
import sys
import tarfile
import xml.etree.ElementTree
from functools import lru_cache
from pathlib import Path

PHONENUMBERS = "9.0.43"
MCC_MNC_LIST = "1.1.11"
CLDR = "48.2.0"
PROVIDERS = "20230416"

# The day the tables speak of: a currency counts if it is in use on this day. Move it together with the versions.
AS_OF = "2026-11-22"

ARCHIVES = {
    "phonenumbers": f"phonenumbers-{PHONENUMBERS}-py2.py3-none-any.whl",
    "mcc-mnc-list": f"mcc-mnc-list-{MCC_MNC_LIST}.tgz",
    "cldr-localenames": f"cldr-localenames-full-{CLDR}.tgz",
    "cldr-core": f"cldr-core-{CLDR}.tgz",
    "providers": f"mobile-broadband-provider-info_{PROVIDERS}-1_all.deb",
}

SHA256 = {
    "phonenumbers": "349bc799f15e010e35bd2c7d28149950ae74479cb1e11fb054ed9a95ecb4b437",
    "mcc-mnc-list": "2bebd40ae0d4912968c4facafd963482ca8268dfcc7c8687bcfc0738e3468420",
    "cldr-localenames": "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
    "cldr-core": "5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d",
    "providers": "ce78f3afc0b7ca4f9c0d79a85f80052c2cb39b94dd70a4dd242bca6b194dae85",
}

FETCH = [
    [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"phonenumbers=={PHONENUMBERS}"],
    ["npm", "pack", "--silent", f"mcc-mnc-list@{MCC_MNC_LIST}"],
    ["npm", "pack", "--silent", f"cldr-localenames-full@{CLDR}"],
    ["npm", "pack", "--silent", f"cldr-core@{CLDR}"],
    ["apt-get", "download", "--quiet", f"mobile-broadband-provider-info={PROVIDERS}-1"],
]

OUTPUT = Path(__file__).resolve().parent.parent / "rules" / "generated"


class Problem(Exception):
    """Something the person who runs this has to look at."""


# ---------------------------------------------------------------------------------------------------------------------
# Inputs


class Package:
    """The files of one package: a folder, a .tgz or a .deb."""

    def __init__(self, name, path):
        self.name = name
        self.path = path
        self.members = None
        if path.is_dir():
            return
        data = path.read_bytes()
        if SHA256[name] and hashlib.sha256(data).hexdigest() != SHA256[name]:
            raise Problem(f"{path.name}: not the pinned file (SHA-256 differs)")
        if path.suffix == ".deb":
            data = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            self.members = {m.name.removeprefix("./"): archive.extractfile(m).read() for m in archive if m.isfile()}

    def read(self, inside):
        if self.members is not None:
            if inside not in self.members:
                raise Problem(f"{self.name}: no {inside} in {self.path.name}")
            return self.members[inside].decode("utf-8")
        return (self.path / inside).read_text(encoding="utf-8")

    def json(self, inside):
        return json.loads(self.read(inside))

    def require(self, version):
        found = self.json("package/package.json")["version"]
        if found != version:
            raise Problem(f"{self.name}: version {found}, but {version} is pinned")


class Inputs:
    def __init__(self, folder, given):
        self.folder = folder
        self.given = given
        self.phonenumbers = self.load_phonenumbers()
        self.networks = self.package("mcc-mnc-list")
        self.networks.require(MCC_MNC_LIST)
        self.names = self.package("cldr-localenames")
        self.names.require(CLDR)
        self.core = self.package("cldr-core")
        self.core.require(CLDR)
        self.providers = self.package("providers")
        if f"Version: {PROVIDERS}" not in self.providers.read("usr/share/pkgconfig/mobile-broadband-provider-info.pc"):
            raise Problem(f"providers: not version {PROVIDERS}")

    def path(self, name):
        given = self.given.get(name)
        if given:
            return given
        archive = self.folder / ARCHIVES[name]
        unpacked = self.folder / re.sub(r"(-py2.*)?\.(whl|tgz)$|-1_all\.deb$", "", ARCHIVES[name])
        for path in (archive, unpacked):
            if path.exists():
                return path
        raise Problem(f"{archive.name} is not in the folder of inputs; `fetch` gets it")

    def package(self, name):
        return Package(name, self.path(name))

    def load_phonenumbers(self):
        path = self.path("phonenumbers")
        if path.is_file() and SHA256["phonenumbers"]:
            if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256["phonenumbers"]:
                raise Problem(f"{path.name}: not the pinned file (SHA-256 differs)")
        sys.path.insert(0, str(path))
        module = importlib.import_module("phonenumbers")
        if module.__version__ != PHONENUMBERS:
            raise Problem(f"phonenumbers: version {module.__version__}, but {PHONENUMBERS} is pinned")
        return module


# ---------------------------------------------------------------------------------------------------------------------
# The digit patterns of libphonenumber: literals, classes, groups, `|`, `?`, `*`-free repetition. Turned into an automaton,
# whose words of one length are told as decimal ranges, exactly and without trying every number.


class Pattern:
    def __init__(self, text):
        self.text = text
        self.at = 0
        self.epsilon = []
        self.steps = []
        self.marks = {}  # states on the way through a capturing group (`c`) or a `$` (`e`)
        start = self.state()
        self.end = self.alternatives(start)
        if self.at != len(text):
            raise Problem(f"cannot read the pattern {text!r} at {self.at}")
        self.start = self.closure({start})
        self.ranges = lru_cache(maxsize=None)(self._ranges)

    def state(self):
        self.epsilon.append([])
        self.steps.append([])
        return len(self.steps) - 1

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def alternatives(self, start):
        end = self.state()
        while True:
            self.epsilon[self.sequence(start)].append(end)
            if self.peek() != "|":
                return end
            self.at += 1

    def sequence(self, start):
        here = self.state()
        self.epsilon[start].append(here)
        while self.peek() not in ("", "|", ")"):
            begin = self.at
            after = self.atom(here)
            end = self.at
            low, high = self.repetition()
            resume = self.at
            if (low, high) != (1, 1):
                after = self.repeat(here, begin, end, low, high)
                self.at = resume
            here = after
        return here

    def repeat(self, start, begin, end, low, high):
        # The atom was laid once while finding its end; it is laid again here, from a fresh state, as often as needed.
        self.steps[start].clear()
        self.epsilon[start].clear()
        out = self.state()
        here = start
        for count in range(high):
            if count >= low:
                self.epsilon[here].append(out)
            self.at = begin
            fresh = self.state()
            self.epsilon[here].append(fresh)
            here = self.atom(fresh)
            if self.at != end:
                raise Problem(f"cannot repeat in {self.text!r}")
        self.epsilon[here].append(out)
        return out

    def repetition(self):
        if self.peek() == "?":
            self.at += 1
            return 0, 1
        match = re.compile(r"\{(\d+)(?:,(\d+))?\}").match(self.text, self.at)
        if not match:
            return 1, 1
        self.at = match.end()
        return int(match[1]), int(match[2] or match[1])

    def atom(self, start):
        character = self.peek()
        self.at += 1
        if character == "(":
            captures = not self.text.startswith("?:", self.at)
            if not captures:
                self.at += 2
            end = self.alternatives(start)
            if self.peek() != ")":
                raise Problem(f"unclosed group in {self.text!r}")
            self.at += 1
            if captures:
                self.marks[end] = "c"
            return end
        if character == "$":
            end = self.state()
            self.epsilon[start].append(end)
            self.marks[end] = "e"
            return end
        if character == "\\" and self.peek() == "d":
            self.at += 1
            return self.step(start, set(range(10)))
        if character == "[":
            digits = set()
            close = self.text.index("]", self.at)
            inside = self.text[self.at : close].replace("\\d", "0-9")
            if not re.fullmatch(r"(?:\d-\d|\d)+", inside):
                raise Problem(f"cannot read the class [{inside}] in {self.text!r}")
            for low, high in re.findall(r"(\d)(?:-(\d))?", inside):
                digits |= set(range(int(low), int(high or low) + 1))
            self.at = close + 1
            return self.step(start, digits)
        if character.isdigit():
            return self.step(start, {int(character)})
        raise Problem(f"cannot read {character!r} in {self.text!r}")

    def step(self, start, digits):
        end = self.state()
        self.steps[start].append((digits, end))
        return end

    def closure(self, states):
        seen, waiting = set(states), list(states)
        while waiting:
            for after in self.epsilon[waiting.pop()]:
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return frozenset(seen)

    def after(self, states, digit):
        return self.closure({end for state in states for digits, end in self.steps[state] if digit in digits})

    def _ranges(self, states, length):
        """The words of this length that lead from `states` to the end, as sorted inclusive ranges of numbers."""
        if not states:
            return ()
        if length == 0:
            return ((0, 0),) if self.end in states else ()
        found = []
        for digit in range(10):
            base = digit * 10 ** (length - 1)
            for low, high in self.ranges(self.after(states, digit), length - 1):
                found.append((base + low, base + high))
        return tuple(joined(found))

    def words(self, length):
        return list(self.ranges(self.start, length))

    def prefixes(self, most=9):
        """Every word of the pattern, if there are few: used for prefixes."""
        return [f"{n:0{length}}" for length in range(1, most) for low, high in self.words(length) for n in range(low, high + 1)]


    def marked(self, pairs):
        """As `closure`, for pairs of a state and the marks met on the way to it."""
        seen, waiting = set(), list(pairs)
        while waiting:
            state, marks = waiting.pop()
            pair = (state, marks | {self.marks[state]} if state in self.marks else marks)
            if pair not in seen:
                seen.add(pair)
                waiting += [(after, pair[1]) for after in self.epsilon[state]]
        return frozenset(seen)


def joined(ranges):
    out = []
    for low, high in ranges:
        if out and out[-1][1] + 1 == low:
            out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out


def intersection(left, right):
    out, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            out.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return joined(out)


def spelled(by_length):
    """`3:110-119,127;4:1000-1999`"""
    parts = []
    for length, ranges in sorted(by_length.items()):
        if ranges:
            one = [f"{a:0{length}}" if a == b else f"{a:0{length}}-{b:0{length}}" for a, b in ranges]
            parts.append(f"{length}:{','.join(one)}")
    return ";".join(parts)


# ---------------------------------------------------------------------------------------------------------------------
# Numbering plans as minimal automata over digits. Their words are finite, so states are made from the leaves up, and equal
# ones are one. A state is written as one letter, which says what it means to end here, then runs: the last digit of the run
# and the position of the next state (`--`: nowhere). Its last run ends with 9. The first state lies at the start.

POSITIONS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NO_WORD = "-"

# In libphonenumber's order: the first type that holds a number is the number's.
SPECIAL_TYPES = [
    ("premium_rate", "p"), ("toll_free", "t"), ("shared_cost", "s"), ("voip", "v"),
    ("personal_number", "n"), ("pager", "a"), ("uan", "u"), ("voicemail", "w"),
]  # fmt: skip
FIXED, MOBILE, FIXED_OR_MOBILE, GENERAL, WRONG_LENGTH = "f", "m", "x", "g", "l"
LONGEST_PLAN, LONGEST_PREFIX = 17, 20


def automaton(start, after, letter, most):
    """`after(state, digit)` is the next state, false where there is none; `letter(state, length)` says what a word is."""
    index, states, known = {}, [], {}

    def place(state, length):
        if not state or length > most:
            return None
        if (state, length) not in known:
            row = (letter(state, length), tuple(place(after(state, digit), length + 1) for digit in range(10)))
            leads = row[0] != NO_WORD or any(to is not None for to in row[1])
            if leads and row not in index:
                index[row] = len(states)
                states.append(row)
            known[state, length] = index[row] if leads else None
        return known[state, length]

    first = place(start, 0)
    return "" if first is None else written(states, first)


def written(states, first):
    order, seen, waiting = [], {first}, [first]
    while waiting:
        order.append(waiting.pop())
        for to in reversed(states[order[-1]][1]):
            if to is not None and to not in seen:
                seen.add(to)
                waiting.append(to)
    runs = {one: [(digit, to) for digit, to in enumerate(states[one][1]) if digit == 9 or states[one][1][digit + 1] != to] for one in order}
    at, position = 0, {None: "--"}
    for one in order:
        if at >= len(POSITIONS) ** 2:
            raise Problem("an automaton is longer than two letters can point into")
        position[one] = POSITIONS[at // len(POSITIONS)] + POSITIONS[at % len(POSITIONS)]
        at += 1 + 3 * len(runs[one])
    return "".join(states[one][0] + "".join(f"{digit}{position[to]}" for digit, to in runs[one]) for one in order)


def plan_automaton(about):
    """What `number_type` says of every national significant number of one region."""
    general = about.general_desc
    kinds = [(field, getattr(about, field)) for field in [*(field for field, _ in SPECIAL_TYPES), "fixed_line", "mobile"]]
    kinds = [(field, kind) for field, kind in kinds if kind is not None and kind.national_number_pattern]
    patterns = [compiled(kind.national_number_pattern) for kind in (general, *(kind for _, kind in kinds))]

    def letter(state, length):
        if patterns[0].end not in state[0]:
            return NO_WORD
        if length not in general.possible_length:
            return WRONG_LENGTH
        held = {
            field
            for (field, kind), pattern, states in zip(kinds, patterns[1:], state[1:])
            if pattern.end in states and (not kind.possible_length or length in kind.possible_length)
        }
        for field, its in SPECIAL_TYPES:
            if field in held:
                return its
        if "fixed_line" in held:
            return FIXED_OR_MOBILE if about.same_mobile_and_fixed_line_pattern or "mobile" in held else FIXED
        return MOBILE if "mobile" in held else GENERAL

    def after(state, digit):
        # A number that the general pattern does not hold is of no type.
        found = tuple(pattern.after(states, digit) for pattern, states in zip(patterns, state))
        return found if found[0] else ()

    return automaton(tuple(pattern.start for pattern in patterns), after, letter, LONGEST_PLAN)


def prefix_automaton(text, rewrites=False):
    """Where a prefix can end: `p` where it is only taken off; `c` where the rest is rewritten; `e` where the rest is rewritten
    if no digit follows; `b` for `e` and `p`."""
    if not text:
        return ""
    pattern = compiled(text)

    def letter(state, _):
        ways = {marks if rewrites else frozenset() for at, marks in state if at == pattern.end}
        if frozenset("c") in ways:
            return "c"
        plain, at_end = frozenset() in ways, any("e" in marks for marks in ways)
        return "b" if plain and at_end else "p" if plain else "e" if at_end else NO_WORD

    def after(state, digit):
        return pattern.marked((end, marks) for at, marks in state for digits, end in pattern.steps[at] if digit in digits)

    return automaton(pattern.marked([(0, frozenset())]), after, letter, LONGEST_PREFIX)


# ---------------------------------------------------------------------------------------------------------------------
# Tables


class Table:
    def __init__(self, name, columns, key, source):
        self.name = name
        self.columns = columns
        self.key = key  # how many of the first columns say which row it is; the rest is what it says
        self.source = source
        self.rows = set()

    def add(self, *fields):
        fields = [tidy(field) for field in fields]
        if len(fields) != len(self.columns) or not fields[0]:
            raise Problem(f"{self.name}: bad row {fields}")
        self.rows.add("\t".join(fields))

    def bytes(self):
        lines = sorted(row.encode("utf-8") for row in self.rows)
        head = f"# {' | '.join(self.columns)}; source: {self.source}".encode("utf-8")
        return b"\n".join([head, *lines]) + b"\n"


def tidy(text):
    return " ".join(str(text).split())


LIBPHONENUMBER = f"PyPI phonenumbers {PHONENUMBERS} (libphonenumber, Apache-2.0)"
WIKIPEDIA = f"npm mcc-mnc-list {MCC_MNC_LIST} (MIT; facts of Wikipedia's tables of 2023-04-04)"
UNICODE = f"npm cldr-localenames-full {CLDR} (Unicode-3.0)"
GNOME = f"Debian mobile-broadband-provider-info {PROVIDERS} (public domain)"

SHORT_KINDS = [
    ("emergency", "emergency"),
    ("short", "short_code"),
    ("toll-free", "toll_free"),
    ("premium", "premium_rate"),
    ("standard-rate", "standard_rate"),
    ("sms", "sms_services"),
    ("carrier-specific", "carrier_specific"),
]

NUMBER_TYPES = [
    ("fixed-line", "fixed_line"),
    ("mobile", "mobile"),
    ("toll-free", "toll_free"),
    ("premium-rate", "premium_rate"),
    ("shared-cost", "shared_cost"),
    ("personal", "personal_number"),
    ("voip", "voip"),
    ("pager", "pager"),
    ("uan", "uan"),
    ("voicemail", "voicemail"),
]


def metadata(inputs):
    return importlib.import_module("phonenumbers.phonemetadata").PhoneMetadata


def country_names(inputs):
    table = Table("country-names.tsv", ["region", "language", "name"], 3, UNICODE)
    regions = inputs.phonenumbers.SUPPORTED_REGIONS
    # A language and the CLDR locales that are read for it: where two standards of it name countries differently, both.
    locales = {
        "zh-Hans": ["zh"], "zh-Hant": ["zh-Hant", "zh-Hant-HK"], "en": ["en", "en-GB", "en-AU"],
        "es": ["es", "es-419", "es-MX"], "pt": ["pt", "pt-PT"], "fr": ["fr", "fr-CA"],
    }  # fmt: skip
    for language in "de it ru uk pl tr vi id th ja ko ar sq nl el".split():
        locales[language] = [language]
    for language, tags in locales.items():
        meaning = {}
        for tag in tags:
            tree = inputs.names.json(f"package/main/{tag}/territories.json")
            names = tree["main"][tag]["localeDisplayNames"]["territories"]
            for key, name in names.items():
                region = key.split("-")[0]
                if region in regions and name not in NOT_NAMES:
                    for form in plain_names(region, language, name):
                        meaning.setdefault(form, set()).add(region)
        for name, of in meaning.items():
            if len(of) > 1:
                # One name for two regions names none of them, unless one of the two is its own longer name.
                print(f"  country-names.tsv: {language} {name!r} means {' and '.join(sorted(of))}: left out", file=sys.stderr)
                continue
            for region in of:
                table.add(region, language, name)
    return table


# What CLDR gives as a short name and a telecom guide means otherwise: GB and MB are units, AS is a word, RU a code, VK and VS
# other things. `rules/languages/country-aliases.toml` has the abbreviations that are safe to read (with capitals).
NOT_NAMES = {"AS", "BK", "GB", "MB", "RU", "R. U.", "R.-U.", "É.-U.", "US", "VK", "VS"}


def plain_names(region, language, name):
    """The CLDR name and the ways the same name is written in running text."""
    forms = [name]
    bracket = re.fullmatch(r"(.+?)\s*[(（](.+?)[)）]\s*(.*)", name)
    if bracket and region in ("MM", "NZ", "HK", "MO", "FK", "CC", "CI"):
        before, inside, after = bracket.groups()
        space = "" if language in ("zh-Hans", "zh-Hant", "ja") else " "
        forms.append(f"{before}{space}{after}".strip())
        if region == "MM":
            forms.append(inside)
    if region in ("HK", "MO"):
        for addition in HONG_KONG_ADDITIONS.get(language, []):
            if re.search(addition, name):
                forms.append(re.sub(addition, "", name).strip(" ,"))
    if language == "ru":
        for short, long in (("о-ва", "острова"), ("о-в", "остров"), ("Св.", "Святой")):
            forms += [re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", long, form) for form in forms]
    if language == "en":
        forms += [re.sub(r"\bSt\.? ", "Saint ", form) for form in forms]
        forms += [form.replace(" & ", " and ") for form in forms]
    if language in ("vi", "de"):
        forms += [re.sub(r"\bSt\. ", "Saint " if language == "vi" else "Sankt ", form) for form in forms]
    forms += [re.sub(r"\s+[-–]\s+", "-", form) for form in forms]
    forms += [re.sub(r"\s+[-–]\s+", " ", form) for form in forms]
    forms += [form.replace("’", "'").replace("ʼ", "'") for form in forms]
    forms += [form.replace("'", "’") for form in forms]
    forms += [form.replace("\u2011", "-") for form in forms]
    return {tidy(form) for form in forms if tidy(form)}


# What the CLDR names of Hong Kong and Macao add to say that they are regions of China.
HONG_KONG_ADDITIONS = {
    "en": [r" China$", r" SAR China$"], "de": [r"^Sonderverwaltungsregion "], "nl": [r" van China$", r" SAR van China$"],
    "zh-Hans": [r"^中国", r"^中国|特别行政区$"], "zh-Hant": [r"^中國", r"^中國|特別行政區$"], "ja": [r"^中華人民共和国", r"^中華人民共和国|特別行政区$"],
    "es": [r"^RAE de | \(China\)$"], "pt": [r", RAE da China$"], "fr": [r"^R\.A\.S\. chinoise de "], "it": [r"^RAS di "],
    "ru": [r" \(САР\)$"], "uk": [r", ОАР Китаю$"], "pl": [r"^SRA | \(Chiny\)$"], "tr": [r"^Çin | ÖİB$"],
    "vi": [r"^Đặc khu Hành chính |, Trung Quốc$"], "id": [r" DAK Tiongkok$"], "th": [r"^เขตปกครองพิเศษ|แห่งสาธารณรัฐประชาชนจีน$"],
    "ko": [r"\(중국 특별행정구\)$"], "ar": [r" الصينية \(منطقة إدارية خاصة\)$", r"^منطقة | الإدارية الخاصة$"], "el": [r" ΕΔΠ Κίνας$"],
}  # fmt: skip


def short_ranges(short, field):
    """The numbers one description of a region allows, as libphonenumber reads it, by length."""
    description = getattr(short, field)
    general = short.general_desc
    if description is None or not description.national_number_pattern:
        return {}
    pattern = compiled(description.national_number_pattern)
    whole = compiled(general.national_number_pattern)
    lengths = [n for n in general.possible_length if not description.possible_length or n in description.possible_length]
    by_length = {}
    for length in lengths:
        ranges = pattern.words(length)
        if field == "short_code":
            ranges = intersection(ranges, whole.words(length))
        if ranges:
            by_length[length] = ranges
    return by_length


@lru_cache(maxsize=None)
def compiled(text):
    return Pattern(text)


def short_numbers(inputs):
    table = Table("short-numbers.tsv", ["region", "kind", "ranges by length"], 2, LIBPHONENUMBER)
    for region in sorted(inputs.phonenumbers.SUPPORTED_SHORT_REGIONS):
        short = metadata(inputs).short_metadata_for_region(region)
        for kind, field in SHORT_KINDS:
            ranges = short_ranges(short, field)
            if ranges:
                table.add(region, kind, spelled(ranges))
    return table


def number_plans(inputs):
    columns = ["calling code", "position", "region", "lengths", "local lengths", "leading digits", "national prefix", "international prefix", "plan"]
    table = Table("number-plans.tsv", columns, 3, LIBPHONENUMBER)
    for code, regions in inputs.phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for position, region in enumerate(regions):
            data = metadata(inputs)
            about = data.metadata_for_nongeo_region(code) if region == "001" else data.metadata_for_region(region)
            rewrites = bool(about.national_prefix_transform_rule)
            table.add(
                code,
                f"{position:02}",
                region,
                ",".join(map(str, about.general_desc.possible_length)),
                ",".join(map(str, about.general_desc.possible_length_local_only)),
                prefix_automaton(about.leading_digits),
                prefix_automaton(about.national_prefix_for_parsing, rewrites),
                prefix_automaton((about.international_prefix or "").replace("~", "")),
                plan_automaton(about),
            )
    return table


def regions(inputs):
    columns = ["region", "calling code", "mcc", "currency", "national prefix", "international prefix", "mobile portable", "leading digits"]
    source = f"{LIBPHONENUMBER}; mcc: {WIKIPEDIA}; currency: npm cldr-core {CLDR} (Unicode-3.0) on {AS_OF}"
    table = Table("regions.tsv", columns, 1, source)
    codes = {}
    for row in inputs.networks.json("package/mcc-mnc-list.json"):
        for region in network_regions(row):
            if region != "001" and row["status"] and not row["countryCode"].startswith("GE-") and not foreign(row):
                codes.setdefault(region, set()).add(row["mcc"])
    money = inputs.core.json("package/supplemental/currencyData.json")["supplemental"]["currencyData"]["region"]
    for region in sorted(inputs.phonenumbers.SUPPORTED_REGIONS):
        about = metadata(inputs).metadata_for_region(region)
        table.add(
            region,
            about.country_code,
            ",".join(sorted(codes.get(region, ()))),
            ",".join(currencies(money.get(region, []))),
            (about.national_prefix or "").replace("~", ""),
            ",".join(international_prefixes(about)),
            int(bool(about.mobile_number_portable_region)),
            ",".join(compiled(about.leading_digits).prefixes()) if about.leading_digits else "",
        )
    return table


def currencies(history):
    """Legal tender on AS_OF, in CLDR's order (the preferred one first)."""
    out = []
    for entry in history:
        for code, span in entry.items():
            if span.get("_tender") != "false" and span.get("_from", "") <= AS_OF <= span.get("_to", "9999"):
                out.append(code)
    return out


def international_prefixes(about):
    preferred = (about.preferred_international_prefix or "").replace("~", "")
    pattern = (about.international_prefix or "").replace("~", "")
    every = compiled(pattern).prefixes(10) if pattern else []
    if preferred and preferred not in every:
        every.append(preferred)
    # Hundreds of carrier selection codes say nothing to a reader: then only the shortest ones count.
    if len(every) > 40:
        every = [prefix for prefix in every if len(prefix) == min(map(len, every))]
    return sorted(set(every), key=lambda prefix: (prefix != preferred, len(prefix), prefix))


def number_examples(inputs):
    table = Table("number-examples.tsv", ["E.164 digits", "region", "type"], 3, LIBPHONENUMBER)
    module = inputs.phonenumbers
    sources = [(region, metadata(inputs).metadata_for_region(region)) for region in sorted(module.SUPPORTED_REGIONS)]
    for code in sorted(module.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        sources.append(("001", metadata(inputs).metadata_for_nongeo_region(code)))
    for region, about in sources:
        for name, field in NUMBER_TYPES:
            description = getattr(about, field)
            if description is None or not description.example_number:
                continue
            text = f"+{about.country_code}{description.example_number}"
            number = module.parse(text if region == "001" else description.example_number, None if region == "001" else region)
            if not module.is_valid_number(number):
                raise Problem(f"number-examples.tsv: {region} {name} {text} is not valid")
            table.add(module.format_number(number, module.PhoneNumberFormat.E164)[1:], region, name)
    return table


def carrier_prefixes(inputs):
    table = Table("carrier-prefixes.tsv", ["prefix of the E.164 digits", "carrier"], 1, LIBPHONENUMBER)
    data = importlib.import_module("phonenumbers.carrierdata").CARRIER_DATA
    for prefix, names in data.items():
        # As the package itself does when asked in English: the longest prefix that has an English name counts.
        shorter = (data.get(prefix[:length], {}).get("en") for length in range(len(prefix) - 1, 0, -1))
        name = names.get("en") or next(filter(None, shorter), "") or names[sorted(names)[0]]
        if name:
            table.add(prefix, name)
    return table


STATUS = {
    "Operational": "operational",
    "Temporary operational": "operational",
    "Not operational": "not-operational",
    "Reserved": "reserved",
    "Returned spare": "returned",
    "Allocated": "planned",
    "Planned": "planned",
    "Upcoming": "planned",
    "Implement / Design": "planned",
    "Ongoing": "planned",
    "Testing": "test",
    "Test Network": "test",
    "Unknown": "unknown",
}


def network_regions(row):
    code = row["countryCode"]
    if not code:
        return ["001"]
    return [code[:2]] if code.startswith("GE-") else sorted(code.split("/"))


def foreign(row):
    """A network that uses the country code of its neighbour (Luxembourg's in Belgium): no code of this region."""
    return row["countryCode"] == "BE" and row["mcc"] == "270"


def networks(inputs):
    table = Table("networks.tsv", ["PLMN", "region", "status", "brands", "operator"], 3, WIKIPEDIA)
    merged = {}
    for row in inputs.networks.json("package/mcc-mnc-list.json"):
        if not re.fullmatch(r"\d{2,3}", row["mnc"] or ""):
            print(f"  networks.tsv: {row['mcc']} {row['mnc']!r} ({row['operator']}) is no single network: left out", file=sys.stderr)
            continue
        if row["status"] not in STATUS:
            raise Problem(f"networks.tsv: a status nobody mapped: {row['status']!r}")
        key = (row["mcc"] + row["mnc"], ",".join(network_regions(row)), STATUS[row["status"]], tidy(row["operator"] or ""))
        brands = merged.setdefault(key, [])
        for brand in (row["brand"] or "").split(" / "):
            if tidy(brand) and tidy(brand) not in brands:
                brands.append(tidy(brand))
    for (plmn, region, status, operator), brands in merged.items():
        table.add(plmn, region, status, " / ".join(brands), operator)
    return table


def provider_rows(inputs):
    tree = xml.etree.ElementTree.fromstring(inputs.providers.read("usr/share/mobile-broadband-provider-info/serviceproviders.xml"))
    for country in tree.iter("country"):
        region = country.get("code").upper()
        for provider in country.iter("provider"):
            names = {name.get("{http://www.w3.org/XML/1998/namespace}lang", ""): tidy(name.text or "") for name in provider.findall("name")}
            name = names.get("") or names.get("en") or next(iter(names.values()))
            for gsm in provider.findall("gsm"):
                plmns = sorted({n.get("mcc") + n.get("mnc") for n in gsm.findall("network-id")})
                yield region, name, plmns, gsm


def access_points(inputs):
    table = Table("access-points.tsv", ["region", "provider", "apn", "plmn"], 3, GNOME)
    merged = {}
    for region, provider, plmns, gsm in provider_rows(inputs):
        for apn in gsm.findall("apn"):
            if tidy(apn.get("value")):
                merged.setdefault((region, provider, tidy(apn.get("value"))), set()).update(plmns)
    for key, plmns in merged.items():
        table.add(*key, ",".join(sorted(plmns)))
    return table


def ussd(inputs):
    table = Table("ussd.tsv", ["region", "provider", "purpose", "code"], 4, GNOME)
    purposes = {"balance-check": "balance", "balance-top-up": "top-up", "msisdn-query": "own-number"}
    for region, provider, _, gsm in provider_rows(inputs):
        for tag, purpose in purposes.items():
            for query in gsm.findall(tag):
                for code in query.findall("ussd"):
                    if tidy(code.text or ""):
                        table.add(region, provider, purpose, tidy(code.text))
    return table


MAKERS = [country_names, short_numbers, number_plans, regions, number_examples, carrier_prefixes, networks, access_points, ussd]


# ---------------------------------------------------------------------------------------------------------------------
# What changed


def rows_of(data, key):
    out = {}
    for line in data.decode("utf-8").split("\n"):
        if line and not line.startswith("# "):
            fields = line.split("\t")
            out.setdefault("\t".join(fields[:key]), []).append("\t".join(fields[key:]))
    return out


def report(table, old, new, limit):
    """One line of counts, then the rows themselves, `limit` of each kind."""
    before, after = rows_of(old, table.key), rows_of(new, table.key)
    added = sorted(after.keys() - before.keys())
    removed = sorted(before.keys() - after.keys())
    changed = sorted(key for key in before.keys() & after.keys() if sorted(before[key]) != sorted(after[key]))
    rows = sum(map(len, after.values()))
    state = "unchanged" if old == new else f"{len(added)} added, {len(removed)} removed, {len(changed)} changed"
    print(f"{table.name}: {rows} rows, {len(new)} bytes; {state}")
    if not old:
        return
    if old != new and not (added or removed or changed):
        print("  ~ the first line or the order")
    for sign, keys in (("+", added), ("-", removed), ("~", changed)):
        for key in keys[:limit]:
            was, now = before.get(key, []), after.get(key, [])
            label = key.replace("\t", " | ")
            if sign == "~":
                print(f"  ~ {label}: {clip(was)} -> {clip(now)}")
            else:
                print(f"  {sign} {label}: {clip(was or now)}")
        if len(keys) > limit:
            print(f"  {sign} and {len(keys) - limit} more")


def clip(values):
    text = " || ".join(value.replace("\t", " | ") for value in values)
    return text if len(text) <= 160 else text[:157] + "..."


# ---------------------------------------------------------------------------------------------------------------------
# Verification against the packages' own code


def listed(cell):
    """The ranges of a cell of short-numbers.tsv, as `{length: [(low, high)]}`: what a reader of the table does."""
    out = {}
    for part in cell.split(";"):
        length, _, ranges = part.partition(":")
        pairs = [item.partition("-") for item in ranges.split(",")]
        out[int(length)] = [(int(low), int(high or low)) for low, _, high in pairs]
        if any(len(low) != int(length) or len(high or low) != int(length) for low, _, high in pairs):
            raise Problem(f"not padded to {length}: {part[:60]}")
    return out


def verify_region(job):
    """Every number of up to six digits, against Python's `re`; of up to four, against the public functions too."""
    region, path, cells = job
    if path not in sys.path:
        sys.path.insert(0, path)
    module = importlib.import_module("phonenumbers")
    about = importlib.import_module("phonenumbers.phonemetadata").PhoneMetadata
    short = about.short_metadata_for_region(region)
    tables = {kind: listed(cell) for kind, cell in cells.items()}
    compared, wrong = 0, []

    def has(kind, number):
        return any(low <= int(number) <= high for low, high in tables.get(kind, {}).get(len(number), ()))

    lengths = sorted(set(range(2, 7)) | set(short.general_desc.possible_length))
    for length in lengths:
        if length > 6:
            continue
        text = "".join(f"{n:0{length}}\n" for n in range(10**length))
        for kind, field in SHORT_KINDS:
            description = getattr(short, field)
            found = set()
            allowed = description is not None and description.national_number_pattern and length in short.general_desc.possible_length
            if allowed and (not description.possible_length or length in description.possible_length):
                pattern = re.compile(rf"^(?:{description.national_number_pattern})$", re.MULTILINE | re.ASCII)
                found = {int(match[0]) for match in pattern.finditer(text) if "\n" not in match[0]}
                if kind == "short":
                    whole = re.compile(rf"(?:{short.general_desc.national_number_pattern})", re.ASCII)
                    found = {n for n in found if whole.fullmatch(f"{n:0{length}}")}
            mine = {n for low, high in tables.get(kind, {}).get(length, ()) for n in range(low, high + 1)}
            compared += 10**length
            if mine != found:
                wrong.append(f"{region} {kind} {length}: {sorted(mine ^ found)[:5]}")

    # The public functions: all short lengths, and for the long ones the numbers at and beside the ends of every range.
    code = about.metadata_for_region(region).country_code
    numbers = [f"{n:0{length}}" for length in (2, 3, 4) for n in range(10**length)]
    for by_length in tables.values():
        for length, ranges in by_length.items():
            if length > 4:
                ends = {n + d for pair in ranges for n in pair for d in (-1, 0, 1)}
                numbers += [f"{n:0{length}}" for n in sorted(ends) if 0 <= n < 10**length]
    cost = module.ShortNumberCost
    for text in numbers:
        zeros = len(text) - len(text.lstrip("0"))
        zeros = min(zeros, len(text) - 1)
        number = module.PhoneNumber(code, int(text), italian_leading_zero=zeros > 0 or None, number_of_leading_zeros=zeros or None)
        theirs = (
            module.is_valid_short_number_for_region(number, region),
            module.is_emergency_number(text, region),
            module.expected_cost_for_region(number, region),
            module.is_carrier_specific_for_region(number, region),
            module.is_sms_service_for_region(number, region),
        )
        price = cost.UNKNOWN_COST
        for kind, value in (("premium", cost.PREMIUM_RATE), ("standard-rate", cost.STANDARD_RATE), ("toll-free", cost.TOLL_FREE), ("emergency", cost.TOLL_FREE)):
            if price == cost.UNKNOWN_COST and has(kind, text):
                price = value
        ours = (has("short", text), has("emergency", text), price, has("carrier-specific", text), has("sms", text))
        compared += 1
        if theirs != ours:
            wrong.append(f"{region} {text}: phonenumbers {theirs}, table {ours}")
    return compared, wrong


def pointed(text, at):
    """Where the run at this place of an automaton leads."""
    high, low = text[at + 1], text[at + 2]
    return None if high == "-" else POSITIONS.index(high) * len(POSITIONS) + POSITIONS.index(low)


def letters(text, digits):
    """The letters of the states an automaton is in before, between and after the digits: what a reader of the table does."""
    at = 0 if text else None
    for digit in [*digits, ""]:
        if at is None:
            return
        yield text[at]
        at += 1
        while digit and text[at] < digit:
            at += 3
        at = pointed(text, at)


def words(text):
    """For every run of every state, words that take its first and its last digit."""
    waiting, seen = [(0, "")] if text else [], {0}
    for at, word in waiting:
        low, at = 0, at + 1
        while low < 10:
            for digit in {low, int(text[at])}:
                yield f"{word}{digit}"
                to = pointed(text, at)
                if to is not None and to not in seen:
                    seen.add(to)
                    waiting.append((to, f"{word}{digit}"))
            low, at = int(text[at]) + 1, at + 3


def verify_plans(job):
    """Every run of every automaton of one calling code, and what can follow it, against the package's own functions."""
    import random

    path, rows = job
    if path not in sys.path:
        sys.path.insert(0, path)
    module = importlib.import_module("phonenumbers")
    data = importlib.import_module("phonenumbers.phonemetadata").PhoneMetadata
    util = importlib.import_module("phonenumbers.phonenumberutil")
    kinds = {letter: getattr(module.PhoneNumberType, field.upper()) for field, letter in SPECIAL_TYPES}
    kinds |= {FIXED: 0, MOBILE: 1, FIXED_OR_MOBILE: 2}
    chance = random.Random(20261125)
    compared, wrong = 0, []

    def equal(what, mine, theirs):
        nonlocal compared
        compared += 1
        if mine != theirs:
            wrong.append(f"{what}: package {theirs}, table {mine}")

    def of_plan(row, number):
        found = list(letters(row["plan"], number))
        return found[-1] if len(found) == len(number) + 1 else NO_WORD

    def region_of(number):
        for row in rows:
            if len(rows) == 1 or "p" in letters(row["leading digits"], number) or of_plan(row, number) in kinds:
                return row["region"]
        return None

    for row in rows:
        code, region = int(row["calling code"]), row["region"]
        about = data.metadata_for_nongeo_region(code) if region == "001" else data.metadata_for_region(region)
        whole = re.compile(about.general_desc.national_number_pattern, re.ASCII)
        for word in words(row["plan"]):
            longer = word + "".join(chance.choices("0123456789", k=9))
            for number in {word, *(longer[:length] for length in about.general_desc.possible_length), longer[:LONGEST_PLAN]}:
                if not 2 <= len(number) <= LONGEST_PLAN:
                    continue
                name = f"+{code} {number} in {region}"
                letter = of_plan(row, number)
                equal(f"{name}, pattern", letter != NO_WORD, bool(whole.fullmatch(number)))
                equal(f"{name}, type", kinds.get(letter, module.PhoneNumberType.UNKNOWN), util._number_type_helper(number, about))
                zeros = min(len(number) - len(number.lstrip("0")), len(number) - 1)
                asked = module.PhoneNumber(code, int(number), italian_leading_zero=zeros > 0 or None, number_of_leading_zeros=zeros or None)
                equal(f"{name}, region", region_of(number), module.region_code_for_number(asked))
        for column, text in (("leading digits", about.leading_digits), ("international prefix", about.international_prefix)):
            for word in words(row[column]):
                pattern = re.compile((text or "").replace("~", ""))
                equal(f"{region} {column} {word}", "p" in letters(row[column], word), bool(pattern.match(word)))
        for word in words(row["national prefix"]):
            for number in (word, word + "23456789", word + "9"):
                found = list(letters(row["national prefix"], number))
                match = re.match(about.national_prefix_for_parsing, number)
                rewritten = "c" in found or len(found) == len(number) + 1 and found[-1] in "eb"
                off = max((length for length, letter in enumerate(found) if letter in "pb"), default=None)
                captured = bool(about.national_prefix_transform_rule and match and match.lastindex and match[match.lastindex])
                equal(f"{region} national prefix {number}", "rewritten" if rewritten else off, "rewritten" if captured else match and match.end())
    return compared, wrong


def verify(inputs, output):
    import multiprocessing

    head, *lines = (output / "number-plans.tsv").read_text(encoding="utf-8").splitlines()
    columns = head.removeprefix("# ").partition(";")[0].split(" | ")
    plans = {}
    for line in lines:
        row = dict(zip(columns, line.split("\t"), strict=True))
        plans.setdefault(row["calling code"], []).append(row)
    path = str(inputs.path("phonenumbers"))
    jobs = [(path, rows) for rows in plans.values()]
    with multiprocessing.Pool() as pool:
        results = pool.map(verify_plans, sorted(jobs, key=lambda job: -len(job[1])), chunksize=1)
    faults = sorted(line for _, found in results for line in found)
    print(f"number-plans.tsv: {sum(count for count, _ in results)} comparisons, {len(faults)} differences")
    for line in faults[:20]:
        print(f"  {line}")

    cells = {}
    for line in (output / "short-numbers.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        region, kind, cell = line.split("\t")
        cells.setdefault(region, {})[kind] = cell
    jobs = [(region, path, cells.get(region, {})) for region in sorted(inputs.phonenumbers.SUPPORTED_SHORT_REGIONS)]
    compared, wrong = 0, []
    with multiprocessing.Pool() as pool:
        for count, found in pool.imap_unordered(verify_region, jobs):
            compared += count
            wrong += found
    print(f"short-numbers.tsv: {compared} comparisons, {len(wrong)} differences")
    for line in sorted(wrong)[:20]:
        print(f"  {line}")

    # The carrier table, read by longest prefix, says what the package's own carrier function says.
    module, carrier = inputs.phonenumbers, importlib.import_module("phonenumbers.carrier")
    table = dict(line.split("\t") for line in (output / "carrier-prefixes.tsv").read_text(encoding="utf-8").splitlines()[1:])
    asked = differs = 0
    for prefix, name in table.items():
        for tail in ("1234567890", "5555555555"):
            for digits in ((prefix + tail)[:length] for length in (10, 11, 12)):
                number = module.parse("+" + digits)
                if not module.is_valid_number(number):
                    continue
                e164 = module.format_number(number, module.PhoneNumberFormat.E164)[1:]
                mine = next((table[e164[:n]] for n in range(len(e164), 0, -1) if e164[:n] in table), "")
                theirs = carrier.name_for_valid_number(number, "en")
                asked += 1
                if theirs and tidy(theirs) != mine:
                    differs += 1
    print(f"carrier-prefixes.tsv: {asked} numbers asked, {differs} differences")
    return bool(wrong or differs or faults)


# ---------------------------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["fetch", "build", "check", "verify"])
    parser.add_argument("inputs", type=Path, help="the folder of the packages")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the folder of the tables (default: rules/generated)")
    parser.add_argument("--check", action="store_true", help="the same as the mode `check`")
    parser.add_argument("--rows", type=int, default=10, help="how many rows of each kind of change to print (default 10)")
    for name in ARCHIVES:
        parser.add_argument(f"--{name}", type=Path, metavar="PATH", help=f"instead of INPUTS/{ARCHIVES[name]}")
    arguments = parser.parse_args()

    if arguments.mode == "fetch":
        arguments.inputs.mkdir(parents=True, exist_ok=True)
        for command in FETCH:
            print("+", *command[:1], *command[1:][-1:])
            subprocess.run(command, cwd=arguments.inputs, check=True)
        for name, file in ARCHIVES.items():
            digest = hashlib.sha256((arguments.inputs / file).read_bytes()).hexdigest()
            print(f"{'ok ' if digest == SHA256[name] else 'NEW'} {digest} {file}")
        return 0

    given = {name: getattr(arguments, name.replace("-", "_")) for name in ARCHIVES}
    inputs = Inputs(arguments.inputs, given)
    if arguments.mode == "verify":
        return int(verify(inputs, arguments.output))

    stale = False
    for make in MAKERS:
        table = make(inputs)
        target = arguments.output / table.name
        old = target.read_bytes() if target.exists() else b""
        new = table.bytes()
        report(table, old, new, arguments.rows)
        if old != new:
            stale = True
            if arguments.mode == "build" and not arguments.check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(new)
    if stale and (arguments.mode == "check" or arguments.check):
        print("the tables are not fresh: run `build`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        print(f"generate_knowledge: {problem}", file=sys.stderr)
        sys.exit(2)
