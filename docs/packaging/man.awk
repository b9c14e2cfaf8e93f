# Makes a manual page of one of the Markdown pages in docs.
#
#   LC_ALL=C awk -v page=backstep -v section=1 -v date=2026-01-31 -v version=0.1.0 \
#     -v summary='what it is in a line' -v related='other(5), more(1)' -f man.awk docs/command-line.md
#
# It knows the Markdown that those pages use: headings, paragraphs, lists, fences, quotes, tables. A
# table of two columns becomes a list of terms; in a wider one each cell follows its column's heading.

BEGIN {
  print ".\\\" Made by docs/packaging/man.awk; change the page in docs instead."
  printf ".TH %s %s %s \"backstep %s\" \"backstep manual\"\n", toupper(page), section, date, version
  print ".ad l"
  # A command that is broken by a hyphen could not be copied.
  print ".nh"
  print ".SH NAME"
  print page " \\- " summary
}

# Characters that the formatter would take for its own.
function literal(s) {
  gsub(/\\/, "\\e", s)
  gsub(/-/, "\\-", s)
  gsub(/'/, "\\(aq", s)
  gsub(/`/, "\\(ga", s)
  gsub(/\^/, "\\(ha", s)
  gsub(/~/, "\\(ti", s)
  return s
}

# Prose: hyphens stay hyphens, and a backslash only shows that the next character is meant as it is.
function prose(s,   out, i, c) {
  gsub(/<br>/, " ", s)
  out = ""
  for (i = 1; i <= length(s); i++) {
    c = substr(s, i, 1)
    if (c == "\\") {
      c = substr(s, i + 1, 1)
      if (c ~ /[|<>*_`\[\]\\]/) { i++; out = out (c == "\\" ? "\\e" : c) }
      else out = out "\\e"
    }
    else if (c == "^") out = out "\\(ha"
    else if (c == "~") out = out "\\(ti"
    else if (c == "'") out = out "\\(aq"
    else if (c == "-" && substr(s, i, 2) == "--") { out = out "\\-\\-"; i++ }
    else out = out c
  }
  return out
}

# Where the next such mark stands; one of more backquotes is another mark.
function closing(s, mark,   at, past) {
  if (mark !~ /`/) return index(s, mark)
  past = 0
  while (match(s, /`+/)) {
    if (RLENGTH == length(mark)) return past + RSTART
    past += RSTART + RLENGTH - 1
    s = substr(s, RSTART + RLENGTH)
  }
  return 0
}

# Code, formulas, emphasis and links within a paragraph.
function inline(s,   out, at, mark, width, rest, end, text) {
  out = ""
  while (match(s, /`+|\*\*|\*[A-Za-z]+( [A-Za-z]+)*\*|\$|\[[^\]\[]*\]\([^)]*\)/)) {
    mark = substr(s, RSTART, RLENGTH)
    out = out prose(substr(s, 1, RSTART - 1))
    # A sign behind a backslash stands for itself.
    if (RSTART > 1 && substr(s, RSTART - 1, 1) == "\\") {
      out = substr(out, 1, length(out) - 2) literal(substr(mark, 1, 1))
      s = substr(s, RSTART + 1)
      continue
    }
    rest = substr(s, RSTART + RLENGTH)
    if (substr(mark, 1, 1) == "[") {
      text = mark
      sub(/\]\([^)]*\)$/, "", text)
      out = out inline(substr(text, 2))
      s = rest
      continue
    }
    if (mark ~ /^\*[A-Za-z]/) {
      out = out "\\fI" prose(substr(mark, 2, length(mark) - 2)) "\\fR"
      s = rest
      continue
    }
    end = closing(rest, mark)
    if (!end) { out = out prose(mark); s = rest; continue }
    text = substr(rest, 1, end - 1)
    s = substr(rest, end + length(mark))
    if (mark == "**") out = out "\\fB" prose(text) "\\fR"
    else if (mark == "$") out = out "\\fI" literal(text) "\\fR"
    else {
      if (text ~ /^ .* $/) text = substr(text, 2, length(text) - 2)
      gsub(/\\\|/, "|", text)
      out = out "\\fB" literal(text) "\\fR"
    }
  }
  return out prose(s)
}

# Prints text in short lines; none may begin like a request.
function say(s,   line, cut) {
  s = inline(s)
  gsub(/ +/, " ", s)
  sub(/^ /, "", s)
  sub(/ $/, "", s)
  while (s != "") {
    if (length(s) <= 76) { line = s; s = "" }
    else {
      for (cut = 76; cut > 0 && substr(s, cut, 1) != " "; cut--) ;
      if (!cut) cut = index(s, " ")
      if (!cut) { line = s; s = "" }
      else { line = substr(s, 1, cut - 1); s = substr(s, cut + 1) }
    }
    if (line ~ /^[.']/) line = "\\&" line
    print line
  }
}

function begin(request) {
  if (!sections++) { print ".SH DESCRIPTION"; fresh = 1 }
  if (request == ".PP" && fresh) { fresh = 0; return }
  print request
  fresh = 0
}

# Says what has been gathered, as what it is.
function flush() {
  # How a page came about is nothing for those who read the manual.
  if (kind == "paragraph" && text ~ /^ Written by `make docs`/) kind = ""
  if (kind == "paragraph") { begin(".PP"); say(text) }
  else if (kind == "item") { print ".IP \\(bu 2"; fresh = 0; say(text) }
  else if (kind == "numbered") { print ".IP " number " 4"; fresh = 0; say(text) }
  else if (kind == "quote") { begin(".PP"); print ".RS 4"; say(text); print ".RE" }
  kind = ""
  text = ""
}

function cells(line,   count, i) {
  gsub(/\\\|/, "\001", line)
  sub(/^\| */, "", line)
  sub(/ *\| *$/, "", line)
  # An empty first cell has lost its blank to the line above.
  count = split(line, cell, / *\| */)
  for (i = 1; i <= count; i++) gsub(/\001/, "\\|", cell[i])
  return count
}

function row(line,   count, i, heads) {
  if (line ~ /^\|[-:| ]+\|$/) return
  count = cells(line)
  if (!tabled) {
    tabled = 1
    for (i = 1; i <= count; i++) head[i] = cell[i]
    return
  }
  print ".TP"
  fresh = 0
  say(cell[1] == "" ? "(none)" : cell[1])
  heads = 0
  for (i = 3; i <= count; i++) if (cell[i] != "") heads++
  if (!heads) { say(cell[2] == "" ? "\\ " : cell[2]); return }
  for (i = 2; i <= count; i++) {
    if (cell[i] == "") continue
    if (i > 2 && cell[2] != "") print ".br"
    say(head[i] == "" ? cell[i] : head[i] ": " cell[i])
  }
}

# Prints code as it is; where it would not fit beside the margin of 7 and one of its own, without any.
function code(   i, line, widest, plain) {
  widest = 0
  for (i = 1; i <= rows_of_code; i++) {
    plain = row_of_code[i]
    gsub(/[\200-\277]/, "", plain)
    if (length(plain) > widest) widest = length(plain)
  }
  begin(".PP")
  print (widest > 69 ? ".in 0" : ".RS 4")
  print ".EX"
  for (i = 1; i <= rows_of_code; i++) {
    line = literal(row_of_code[i])
    if (line ~ /^\./) line = "\\&" line
    print line
  }
  print ".EE"
  print (widest > 69 ? ".in" : ".RE")
  rows_of_code = 0
}

fence != "" {
  if ($0 ~ /^`+ *$/ && length($1) >= length(fence)) { code(); fence = ""; next }
  row_of_code[++rows_of_code] = $0
  next
}

{
  if ($0 !~ /^\|/) tabled = 0
  if (isIndented && $0 !~ /^    /) { code(); isIndented = 0 }
}

/^```/ {
  flush()
  match($0, /^`+/)
  fence = substr($0, 1, RLENGTH)
  next
}
/^# / { flush(); next }
/^## / { flush(); print ".SH \"" toupper(inline(substr($0, 4))) "\""; fresh = 1; sections++; next }
/^###+ / { flush(); sub(/^#+ /, ""); print ".SS \"" inline($0) "\""; fresh = 1; next }
/^<!--.*-->$/ { flush(); next }
/^$/ { flush(); next }
/^\|/ { flush(); row($0); next }
/^    / && (kind == "" || isIndented) {
  row_of_code[++rows_of_code] = substr($0, 5)
  isIndented = 1
  next
}
/^- / { flush(); kind = "item"; text = substr($0, 3); next }
/^[0-9]+\. / { flush(); kind = "numbered"; number = $1; sub(/^[0-9]+\. /, ""); text = $0; next }
/^> ?/ { if (kind != "quote") flush(); kind = "quote"; sub(/^> ?/, ""); text = text " " $0; next }
{ if (kind == "") kind = "paragraph"; text = text " " $0 }

END {
  flush()
  if (isIndented) code()
  if (related != "") { print ".SH \"SEE ALSO\""; print related "." }
}
