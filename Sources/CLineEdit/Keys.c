#include "CLineEdit.h"
#include <stdio.h>
#include <string.h>
#include <readline/readline.h>

enum { MOST_KEYS = 8 };

static char *lines[MOST_KEYS];
static int key_count;

/* A function and not a macro like "\C-a\C-kstep\n": in vi mode, and wherever the user has moved ^A
   or ^K, such a macro would type its letters into the line instead of clearing it. */
static int enter(int key) {
  rl_delete_text(0, rl_end);
  rl_point = 0;
  rl_insert_text(lines[key]);
  return rl_newline(1, '\n');
}

/* A function for each key, as readline tells a command which character ran it but not reliably
   which sequence: out of a search it is the sequence of the search. */
#define KEY(n) static int key_##n(int count, int c) { (void)count; (void)c; return enter(n); }
KEY(0) KEY(1) KEY(2) KEY(3) KEY(4) KEY(5) KEY(6) KEY(7)

static rl_command_func_t *const commands[MOST_KEYS] = {key_0, key_1, key_2, key_3,
                                                       key_4, key_5, key_6, key_7};

int le_bind_key(const char *sequence, const char *line) {
  if (key_count == MOST_KEYS || !(lines[key_count] = strdup(line))) return 0;
  Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
  int bound = 0;
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
    /* The inputrc has been read by now: what is bound here the user has bound. */
    int type;
    if (rl_function_of_keyseq(sequence, maps[i], &type)) continue;
    bound += rl_bind_keyseq_in_map(sequence, commands[key_count], maps[i]) == 0;
  }
  key_count++;
  return bound;
}
