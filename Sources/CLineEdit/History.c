#include "CLineEdit.h"
#include "Internal.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readline/readline.h>
#include <readline/history.h>

/* Readline lets old lines be edited in place, and keeps the edited text when the edit is given up
   by ^C. The history should say what was entered, so there is a second copy to go back to. */
static char **entered;
static int entered_count, most_entries;

static char *file; /* NULL: remember for this session only */

static void remember(const char *row) {
  if (entered_count >= most_entries) {
    if (entered_count == 0) return;
    free(entered[0]);
    entered_count--;
    memmove(entered, entered + 1, (size_t)entered_count * sizeof *entered);
  }
  char *copy = strdup(row);
  if (!copy) return;
  entered[entered_count++] = copy;
  add_history(row);
}

void restore_history(void) {
  HIST_ENTRY **list = history_list();
  if (!list || history_length != entered_count) return;
  for (int i = 0; i < entered_count; i++) {
    if (strcmp(list[i]->line, entered[i]) == 0) continue;
    /* The undo list of the edit is given up with it; readline may still hold on to it. */
    HIST_ENTRY *edited = replace_history_entry(i, entered[i], NULL);
    if (edited) free_history_entry(edited);
  }
}

void prepare_history(int entries) {
  using_history();
  entered = calloc((size_t)entries, sizeof *entered);
  most_entries = entered ? entries : 0;
  stifle_history(most_entries);
}

int le_history_open(const char *path) {
  free(file);
  file = strdup(path);
  return file ? history_file_load(file, most_entries, remember) : ENOMEM;
}

static int is_blank(const char *text) { return text[strspn(text, " \t")] == '\0'; }

static int is_repeat(const char *text) {
  return entered_count > 0 && strcmp(entered[entered_count - 1], text) == 0;
}

static int record(char *row) {
  for (char *tab = row; (tab = strchr(tab, '\t')); tab++) *tab = ' ';
  if (is_blank(row) || is_repeat(row)) return 0;
  /* A row with control characters is a mistyped key or a bad paste; nobody wants it back, and the
     file must not carry escape sequences to whoever looks at it. */
  if (!is_plain_text(row, strlen(row))) return 0;
  remember(row);
  return file ? history_file_append(file, row) : 0;
}

int le_history_add(const char *line) {
  char *copy = strdup(line);
  if (!copy) return ENOMEM;
  int failure = 0;
  char *position = NULL;
  /* A paste is one line with newlines in it; in the file a newline ends an entry. */
  char *row = strtok_r(copy, "\r\n", &position);
  for (; row; row = strtok_r(NULL, "\r\n", &position)) {
    int result = record(row);
    if (!failure) failure = result;
  }
  free(copy);
  return failure;
}
