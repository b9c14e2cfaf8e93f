#define _GNU_SOURCE
#include "PseudoTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* What the child does. A test process has many threads, of which only one survives fork; a lock
   that another held would never be released, so nothing here may allocate or use stdio. */
static _Noreturn void become(const char *path, char *const argv[], char *const envp[], int slave,
                             int report, int most_descriptors) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  struct sigaction plain = {0};
  plain.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &plain, NULL);
  if (setsid() >= 0 && ioctl(slave, TIOCSCTTY, 0) == 0 && dup2(slave, 0) == 0 &&
      dup2(slave, 1) == 1 && dup2(slave, 2) == 2) {
    for (int fd = 3; fd < most_descriptors; fd++)
      if (fd != report) close(fd);
    execve(path, argv, envp);
  }
  int failure = errno;
  ssize_t ignored = write(report, &failure, sizeof failure);
  (void)ignored;
  _exit(127);
}

static int open_pair(int columns, int rows, int *slave) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0) return -1;
  char name[128];
  *slave = -1;
  if (grantpt(master) == 0 && unlockpt(master) == 0) {
    int failure = ptsname_r(master, name, sizeof name);
    if (failure) errno = failure;
    else *slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  if (*slave >= 0 && pty_resize(master, columns, rows) == 0) return master;
  int failure = errno;
  if (*slave >= 0) close(*slave);
  close(master);
  errno = failure;
  return -1;
}

int pty_spawn(const char *path, char *const argv[], char *const envp[], int columns, int rows,
              pid_t *pid) {
  int slave;
  int report[2]; /* closes by itself when the program starts; says why when it does not */
  int master = open_pair(columns, rows, &slave);
  if (master < 0) return -1;
  if (pipe2(report, O_CLOEXEC) != 0) {
    int failure = errno;
    close(slave);
    close(master);
    errno = failure;
    return -1;
  }
  long limit = sysconf(_SC_OPEN_MAX);
  int most_descriptors = limit > 0 && limit < 65536 ? (int)limit : 65536;
  /* Above 2, or dup2 in the child would overwrite it. */
  int report_end = fcntl(report[1], F_DUPFD_CLOEXEC, 10);
  int high_slave = fcntl(slave, F_DUPFD_CLOEXEC, 10);
  close(report[1]);
  close(slave);
  pid_t child = report_end >= 0 && high_slave >= 0 ? fork() : -1;
  if (child == 0) become(path, argv, envp, high_slave, report_end, most_descriptors);
  int failure = child < 0 ? errno : 0;
  if (report_end >= 0) close(report_end);
  if (high_slave >= 0) close(high_slave);
  ssize_t count;
  if (!failure) {
    do count = read(report[0], &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    if (count != (ssize_t)sizeof failure) failure = 0;
    else waitpid(child, NULL, 0);
  }
  close(report[0]);
  if (failure) {
    close(master);
    errno = failure;
    return -1;
  }
  int flags = fcntl(master, F_GETFL);
  if (flags < 0 || fcntl(master, F_SETFL, flags | O_NONBLOCK) < 0) return -1;
  *pid = child;
  return master;
}

int pty_resize(int master, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(master, TIOCSWINSZ, &size);
}

ssize_t pty_read(int master, char *buffer, size_t size, int timeout_ms) {
  struct pollfd output = {.fd = master, .events = POLLIN};
  int ready;
  do ready = poll(&output, 1, timeout_ms);
  while (ready < 0 && errno == EINTR);
  if (ready == 0) return PTY_TIMED_OUT;
  if (ready < 0) return -1;
  ssize_t count;
  do count = read(master, buffer, size);
  while (count < 0 && errno == EINTR);
  return count < 0 && errno == EIO ? 0 : count; /* so Linux says that nobody is there any more */
}

ssize_t pty_write(int master, const char *bytes, size_t count) {
  ssize_t written;
  do written = write(master, bytes, count);
  while (written < 0 && errno == EINTR);
  return written < 0 && errno == EAGAIN ? 0 : written;
}

int pty_wait(pid_t pid, int *status, int timeout_ms) {
  for (int waited = 0;; waited += 5) {
    int raw;
    pid_t result = waitpid(pid, &raw, WNOHANG);
    if (result == pid) {
      *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -WTERMSIG(raw);
      return 1;
    }
    if (result < 0 && errno != EINTR) return -1;
    if (waited >= timeout_ms) return 0;
    struct timespec pause = {.tv_nsec = 5000000};
    nanosleep(&pause, NULL);
  }
}

int pty_signal(pid_t pid, int signal_number) { return kill(pid, signal_number); }

int pty_mode(int master, int *is_canonical, int *is_echoing) {
  struct termios modes;
  if (tcgetattr(master, &modes) != 0) return -1;
  *is_canonical = (modes.c_lflag & ICANON) != 0;
  *is_echoing = (modes.c_lflag & ECHO) != 0;
  return 0;
}

void pty_close(int master) { close(master); }
