#include "CLineEdit.h"
#include "Internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>

/* Letters, digits, `_`, `.`, `@` and every byte of a letter outside ASCII are not here: `w1`, `@3`
   and `σ_out` are single words. `:` is, so that the command after it completes. */
static const char formula_breaks[] = " \t\n()[]{}+-*/^,=;:<>!?|&%\"'`$\\";
/* A file name is all that stands between blanks. */
static const char file_breaks[] = " \t\n";

static le_completer ask;
static const char *wanted;
static char **offers;
static int offer_count, offer_room, offer_next;

void le_set_completer(le_completer completer) { ask = completer; }

static void forget_offers(void) {
  for (int i = 0; i < offer_count; i++) free(offers[i]);
  offer_count = offer_next = 0;
}

void le_offer(const char *candidate) {
  size_t length = strlen(candidate);
  /* Readline draws candidates as they are and cuts the typed word back to what all of them begin
     with: one that does not begin with the word would delete what was typed. */
  if (!wanted || length == 0 || strncmp(candidate, wanted, strlen(wanted)) != 0) return;
  if (!is_plain_text(candidate, length)) return;
  if (offer_count == offer_room) {
    int room = offer_room ? 2 * offer_room : 64;
    char **more = realloc(offers, (size_t)room * sizeof *more);
    if (!more) return;
    offers = more;
    offer_room = room;
  }
  char *copy = strdup(candidate);
  if (copy) offers[offer_count++] = copy;
}

static char *next_offer(const char *word, int state) {
  (void)word;
  if (state == 0) offer_next = 0;
  return offer_next < offer_count ? strdup(offers[offer_next++]) : NULL;
}

/* Readline draws the names of files as they are, but for the controls of ASCII. Who may put a file into
   a folder must not thereby reach the terminal of who presses TAB there. */
static char *next_file(const char *word, int state) {
  char *name = rl_filename_completion_function(word, state);
  while (name && !is_plain_text(name, strlen(name))) {
    free(name);
    name = rl_filename_completion_function(word, 1);
  }
  return name;
}

static le_completion question(const char *word, int start) {
  forget_offers();
  if (!ask) return LE_WORDS;
  wanted = word;
  le_completion answer = ask(rl_line_buffer, word, start);
  wanted = NULL;
  return answer;
}

static char **matches(const char *word, int start, int end) {
  rl_attempted_completion_over = 1; /* no match means none, and not the names of files */
  if (question(word, start) == LE_FILES) {
    rl_filename_completion_desired = 1; /* a `/` after a folder */
    return rl_completion_matches(word, next_file);
  }
  char **found = rl_completion_matches(word, next_offer);
  /* A bracket that stands there already is not offered once more. */
  for (char **each = found; each && *each && rl_line_buffer[end] == '('; each++) {
    size_t size = strlen(*each);
    if (size && (*each)[size - 1] == '(') (*each)[size - 1] = '\0';
  }
  size_t length = found && found[0] ? strlen(found[0]) : 0;
  rl_completion_append_character = (length && found[0][length - 1] == '(') || rl_line_buffer[end] == '(' ? '\0' : ' ';
  return found;
}

/* Asked before the word is cut out of the line, to say where words end; a path must not be cut at
   `/` or `-`. Hence the completer hears the same question twice. */
static char *breaks(void) {
  int start = rl_point;
  while (start > 0 && !strchr(formula_breaks, rl_line_buffer[start - 1])) start--;
  char *word = strndup(rl_line_buffer + start, (size_t)(rl_point - start));
  int files = word && question(word, start) == LE_FILES;
  free(word);
  return (char *)(files ? file_breaks : formula_breaks); /* readline does not write into it */
}

void prepare_completion(void) {
  rl_attempted_completion_function = matches;
  rl_completer_word_break_characters = formula_breaks;
  rl_completion_word_break_hook = breaks;
  /* "Display all 120 possibilities?" and "--More--" wait for a key. An inputrc may ask for them. */
  rl_completion_query_items = -1;
  rl_variable_bind("page-completions", "off");
}
