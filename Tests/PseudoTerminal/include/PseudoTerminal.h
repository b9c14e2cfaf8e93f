/* A terminal to test a terminal program with: the test holds the master side, the program runs on
   the other. What the program writes must be read, or it will wait for room. */
#ifndef PSEUDOTERMINAL_H
#define PSEUDOTERMINAL_H

#include <stddef.h>
#include <sys/types.h>

enum { PTY_TIMED_OUT = -2 };

/* Starts `path` on a terminal of its own, which becomes its controlling terminal. Returns the
   master side, or -1 with errno set, also when `path` cannot be executed. */
int pty_spawn(const char *path, char *const argv[], char *const envp[], int columns, int rows,
              pid_t *pid);

/* Changes the size; the program gets SIGWINCH. 0 or -1. */
int pty_resize(int master, int columns, int rows);

/* Reads what there is, waiting for it at most so long. The number of bytes; 0 when the program and
   its children have closed the terminal; PTY_TIMED_OUT; -1 with errno set. */
ssize_t pty_read(int master, char *buffer, size_t size, int timeout_ms);

/* Types as much as the terminal takes now, and waits for nothing: whoever types more has to read in between,
   or both ends would wait for each other. The number of bytes; -1 with errno set. */
ssize_t pty_write(int master, const char *bytes, size_t count);

/* Waits for the end of the program. 1 and its status (the exit code, or minus the number of the
   signal that ended it); 0 if it still runs; -1 with errno set. */
int pty_wait(pid_t pid, int *status, int timeout_ms);

/* Sends a signal to the program. 0 or -1. */
int pty_signal(pid_t pid, int signal_number);

/* The modes the program has set: whether input comes by lines, and is echoed. 0 or -1. */
int pty_mode(int master, int *is_canonical, int *is_echoing);

void pty_close(int master);

#endif
