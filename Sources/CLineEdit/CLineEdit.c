#define _GNU_SOURCE
#include "CLineEdit.h"
#include "Internal.h"
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <readline/readline.h>

static char *finished;   /* the line that was entered; NULL at the end of input */
static int is_finished;
static int was_broken_off; /* a ^C came while readline itself waited for a key */
static int is_gone;        /* the terminal can no longer be read */
static size_t farewell;    /* how much of the way out has been shown to readline */

void le_use_locale(void) {
  setlocale(LC_CTYPE, "");
  const char *everything = getenv("LC_ALL");
  if (le_is_utf8() || (everything && *everything)) return; /* an explicit LC_ALL=C is obeyed */
  /* As Python does (PEP 538), and like it through the environment: readline reads the variables
     again and would go back to the C locale. */
  if (!setlocale(LC_CTYPE, "C.UTF-8")) return;
  setenv("LC_CTYPE", "C.UTF-8", 1);
}

int le_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/* 1: a key can be read; 0: a signal came; -1: the terminal is gone. */
static int wait_for_key(void) {
  static const int signals[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGALRM,
                                SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH};
  sigset_t blocked, before;
  sigemptyset(&blocked);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&blocked, signals[i]);
  /* Between a look at the flags and a plain poll() a signal could come and not be noticed before
     the next key; ppoll lets them in only while it waits. */
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  /* Over readline's own handler, which it installs anew now and then. That one takes down the state
     of a search wherever it is, also below a function that still uses it. */
  le_watch_interrupts();
  struct pollfd input = {.fd = fileno(stdin), .events = POLLIN};
  int result = 0;
  if (!rl_pending_signal() && !le_interrupted()) {
    result = ppoll(&input, 1, NULL, &before);
    if (result < 0 && errno == EINTR) result = 0;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  int signal_number = rl_pending_signal();
  rl_check_signals(); /* puts the terminal right and then passes the signal on */
  /* Back from ^Z: the shell has written below the line. */
  if (signal_number == SIGTSTP || signal_number == SIGTTIN || signal_number == SIGTTOU)
    rl_forced_update_display();
  if (result > 0 && !(input.revents & POLLIN)) return -1;
  return result;
}

/* The terminal once more, opened by itself so that reading need not wait: ^C empties the terminal's queue,
   also between the poll that found a key there and the read of it. Readline's own read would then wait
   for the next key before anybody sees the ^C. */
static int keys = -1;

enum { NO_KEY = -2 }; /* beside EOF, which is -1 */

static int read_key(FILE *stream) {
  if (keys < 0) return rl_getc(stream);
  unsigned char key;
  ssize_t count = read(keys, &key, 1);
  if (count == 1) return key;
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? NO_KEY : EOF;
}

/* Keys that were read ahead and are not with readline yet: the rest of a letter. */
static unsigned char ahead[8];
static int ahead_count, ahead_next;

/* A key that was read in the middle of a letter and belongs to none, or -1. It comes after them. */
static int stray = -1;

static int is_ahead(void) { return ahead_next < ahead_count || stray >= 0; }

/* A byte of a letter that has begun, or -1 if it does not come at once: then it is no letter. */
static int rest_of_letter(FILE *stream) {
  struct pollfd input = {.fd = fileno(stream), .events = POLLIN};
  return poll(&input, 1, 50) > 0 && (input.revents & POLLIN) ? read_key(stream) : -1;
}

/* Readline shows the controls of ASCII as ^[ and draws all else as it is: a paste could turn text round
   or, on some terminals, act. So each such character, and each byte that is part of none, becomes a sign
   that says that something was here, and that the language refuses by name, before readline sees it. */
static int harmless(int key, FILE *stream) {
  if (key < 0x80) return key;
  size_t length = key < 0xC2 ? 1 : key < 0xE0 ? 2 : key < 0xF0 ? 3 : key < 0xF5 ? 4 : 1;
  ahead_next = ahead_count = 0;
  ahead[ahead_count++] = (unsigned char)key;
  while ((size_t)ahead_count < length) {
    int next = rest_of_letter(stream);
    if (next < 0 || next > 0xFF) break;
    if ((next & 0xC0) != 0x80) {
      stray = next;
      break;
    }
    ahead[ahead_count++] = (unsigned char)next;
  }
  if (!is_plain_text((const char *)ahead, (size_t)ahead_count)) {
    memcpy(ahead, "\xEF\xBF\xBD", 3); /* U+FFFD */
    ahead_count = 3;
  }
  return ahead[ahead_next++];
}

/* Readline asks here for keys, and in the middle of a paste or a question also waits here. Then
   only an end of input brings it back; and within a paste it must first see the end of that, or
   readline 8.2 reads on behind its buffer. */
static int next_key(FILE *stream) {
  static const char end_of_paste[] = "\033[201~";
  while (!was_broken_off && !is_gone) {
    if (ahead_next < ahead_count) return ahead[ahead_next++];
    if (stray >= 0) {
      int key = stray;
      stray = -1;
      return harmless(key, stream);
    }
    int ready = wait_for_key();
    int key = ready > 0 ? read_key(stream) : EOF;
    if (key == NO_KEY) continue;
    if (key != EOF) return harmless(key, stream);
    if (le_interrupted()) was_broken_off = 1;
    else if (ready != 0) is_gone = 1;
  }
  return farewell < sizeof end_of_paste - 1 ? end_of_paste[farewell++] : EOF;
}

static void finish(char *line) {
  finished = line;
  is_finished = 1;
  rl_callback_handler_remove(); /* restores the terminal before anybody prints */
}

static void drop_line(void) {
  rl_echo_signal_char(SIGINT);
  rl_free_line_state();
  rl_callback_sigcleanup(); /* leaves a search or a half-typed key sequence */
  rl_point = rl_end;        /* so that the new row is below all rows of the line */
  rl_redisplay();
  rl_replace_line("", 1);
  rl_crlf();
  rl_callback_handler_remove();
}

void le_init(const char *application, int history_entries, le_unseen is_unseen) {
  prepare_text(is_unseen);
  le_use_locale();
  rl_readline_name = strdup(application);
  rl_instream = stdin;
  rl_outstream = stdout;
  rl_getc_function = next_key;
  if (isatty(fileno(stdin)))
    keys = open("/proc/self/fd/0", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  rl_catch_signals = 1;              /* ^Z, SIGTERM and SIGHUP leave a terminal in order, ... */
  rl_persistent_signal_handlers = 1; /* ... also while we wait outside readline */
  rl_catch_sigwinch = 1;
  rl_change_environment = 0;
  /* In the C locale readline would turn the bytes of a letter such as σ into meta keys and lose
     them. Passed on, they are drawn by any UTF-8 terminal. */
  rl_variable_bind("convert-meta", "off");
  rl_variable_bind("input-meta", "on");
  rl_variable_bind("output-meta", "on");
  prepare_completion();
  prepare_history(history_entries);
  rl_initialize();
  /* The Swift runtime takes ^\ for a crash and would show the learner a stack trace. */
  signal(SIGQUIT, SIG_DFL);
  le_watch_interrupts(); /* also for the time between two prompts */
}

/* A pasted line brackets its end with an escape sequence; at the end of input readline adds a new
   row to that, but only then. */
static void end_row(void) {
  char *is_bracketed = rl_variable_value("enable-bracketed-paste");
  if (!is_bracketed || strcmp(is_bracketed, "on") != 0) fputc('\n', stdout);
  fflush(stdout);
}

le_event le_read(const char *prompt, const char **line) {
  *line = NULL;
  free(finished);
  finished = NULL;
  is_finished = was_broken_off = is_gone = 0;
  farewell = 0;
  ahead_count = ahead_next = 0;
  stray = -1;
  le_take_interrupt();
  restore_history();
  rl_reset_screen_size(); /* the window may have changed while no prompt was up */
#if RL_READLINE_VERSION >= 0x0802
  rl_eof_found = 0; /* or after a ^D that did not end the program every line adds an empty row */
#endif
  rl_callback_handler_install(prompt, finish);
  while (!is_finished) {
    int ready = is_ahead() ? 1 : wait_for_key();
    if (le_interrupted() && !is_finished) {
      drop_line();
      break;
    }
    if (ready > 0) rl_callback_read_char();
    if (ready < 0 || (is_gone && !is_finished)) {
      is_gone = 1;
      rl_callback_handler_remove();
      break;
    }
  }
  fflush(stdout);
  /* A ^C after Enter is meant for what the line sets going; its flag stays up. */
  if (was_broken_off || (!is_finished && le_interrupted())) {
    le_take_interrupt();
    return LE_INTERRUPT;
  }
  if (!finished || is_gone) { /* what was typed last is not taken for a line */
    end_row();
    return LE_END;
  }
  *line = finished;
  return LE_LINE;
}
