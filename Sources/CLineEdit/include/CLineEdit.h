/* The only door to GNU readline: none of its types or globals are visible on this side.

   Readline belongs to one thread and one terminal, so all of this may be called from the main
   thread only; the interrupt functions may be called from anywhere. Call none of it but the locale,
   screen and interrupt functions unless standard input and output are terminals: on a pipe readline
   would write its prompt and an echo into the output. */
#ifndef CLINEEDIT_H
#define CLINEEDIT_H

#include <sys/types.h>

/* Reading lines (CLineEdit.c) */

typedef enum {
  LE_LINE,      /* a line was entered; it may be empty, or hold newlines that were pasted */
  LE_INTERRUPT, /* ^C: what was typed is gone */
  LE_END,       /* ^D on an empty line, or the terminal went away */
} le_event;

/* Takes LC_CTYPE, and nothing else, from the environment: numbers keep their point. */
void le_use_locale(void);

/* Whether that locale writes UTF-8. */
int le_is_utf8(void);

/* Whether a character shows nothing, and does something to a terminal or to what stands around it. */
typedef int (*le_unseen)(unsigned int code_point);

/* Sets readline up, once. `application` is the name `$if` tests in an inputrc; so many lines can be
   recalled; `is_unseen` is asked about what is typed, completed and remembered. */
void le_init(const char *application, int history_entries, le_unseen is_unseen);

/* Reads one line. `*line` is owned by this function and lives until the next call. On return the
   terminal is as it was before, with the cursor at the start of an empty row. */
le_event le_read(const char *prompt, const char **line);

/* Completion (Completion.c) */

typedef enum { LE_WORDS, LE_FILES } le_completion;

/* Says what can stand for `word`, which begins at byte `start` of `line` and ends at the cursor:
   calls le_offer for each candidate and returns LE_WORDS, or returns LE_FILES. */
typedef le_completion (*le_completer)(const char *line, const char *word, int start);

void le_set_completer(le_completer completer);
void le_offer(const char *candidate);

/* Keys (Keys.c) */

/* Makes the key that sends the bytes `sequence` enter `line` in place of what is typed. A key that
   the user's inputrc has bound is left alone. Returns the number of keymaps it was bound in. */
int le_bind_key(const char *sequence, const char *line);

/* History (History.c, HistoryFile.c) */

/* Reads the newest entries of a file and appends to that file from now on. 0, or an errno. */
int le_history_open(const char *path);

/* Records a line, each of its rows by itself. 0, or the errno of the failed append. */
int le_history_add(const char *line);

/* Interrupts and the end (Interrupt.c) */

/* From now on ^C only raises a flag that loops look at. */
void le_watch_interrupts(void);
/* Whether the flag is raised. */
int le_interrupted(void);
/* Lowers the flag and tells whether it was raised. */
int le_take_interrupt(void);
/* Ends the process by a signal, so that a shell or make sees what really happened. */
_Noreturn void le_die_of(int signal_number);

/* The screen (Screen.c) */

/* The size of the terminal behind a descriptor; 0 if there is none or it does not say. */
int le_columns(int descriptor);
int le_rows(int descriptor);

/* For bug reports (Build.c) */

/* What compiled this, in the compiler's own words. */
const char *le_compiler(void);

/* The version of the readline that is loaded. */
const char *le_readline_version(void);

#endif
