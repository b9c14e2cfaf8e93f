/* The history file: one entry a line, shared by all sessions that run at the same time.

   A line is appended as soon as it is entered, not at the end: a session that is killed, or whose
   machine stops, has already written everything, and two sessions never hold two different wholes
   of which the later would erase the earlier. The file is only ever shortened at the start, under
   the same lock that an append takes, so that no line falls between reading and shortening.

   It is shortened in place, not by a new file under the old name: another session that has the old
   file open and waits for the lock would then write into nothing. The kept lines are the last ones;
   they move to the front and only then is the end cut off, so that a kill at any moment leaves
   some lines twice and none missing.

   A link is followed for reading and appending, as people keep such files elsewhere and link them
   here, but what it leads to is never shortened: it may belong to somebody else. */
#define _GNU_SOURCE
#include "Internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WINDOW = 1 << 20 /* bytes that are looked at, from the end */, LONGEST = 1 << 16 };

/* Opens without waiting: a pipe under this name must not hold up the prompt. */
static int open_regular(const char *path, int flags, int *descriptor) {
  int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (fd < 0) return errno;
  struct stat status;
  int failure = fstat(fd, &status) != 0        ? errno
                : S_ISDIR(status.st_mode)      ? EISDIR
                : !S_ISREG(status.st_mode)     ? EINVAL
                                               : 0;
  if (failure) {
    close(fd);
    return failure;
  }
  *descriptor = fd;
  return 0;
}

/* People link a history to /dev/null to have none. */
static int is_null_device(const char *path) {
  struct stat status, null;
  return stat(path, &status) == 0 && S_ISCHR(status.st_mode) && stat("/dev/null", &null) == 0 &&
         status.st_rdev == null.st_rdev;
}

/* Waits for a quarter of a second at most: a session that was stopped while it held the lock, or a
   file system that knows no locks, must not hold up the prompt. */
static int lock(int fd, int kind) {
  for (int attempt = 0; attempt < 125; attempt++) {
    if (flock(fd, kind | LOCK_NB) == 0) return 0;
    if (errno != EWOULDBLOCK && errno != EINTR) return errno;
    struct timespec pause = {.tv_nsec = 2000000};
    nanosleep(&pause, NULL);
  }
  return EWOULDBLOCK;
}

static int make_parents(const char *path) {
  char *copy = strdup(path);
  if (!copy) return ENOMEM;
  int failure = 0; /* that of the last one: a parent we may not make may well exist */
  for (char *slash = copy + 1; (slash = strchr(slash, '/')); slash++) {
    *slash = '\0';
    failure = mkdir(copy, 0700) == 0 || errno == EEXIST ? 0 : errno;
    *slash = '/';
  }
  free(copy);
  return failure;
}

/* The last WINDOW bytes of a file, and where they begin in it. */
static char *tail(int fd, size_t *length, off_t *begin) {
  struct stat status;
  if (fstat(fd, &status) != 0) return NULL;
  *begin = status.st_size > WINDOW ? status.st_size - WINDOW : 0;
  char *bytes = malloc(WINDOW);
  if (!bytes) return NULL;
  *length = 0;
  while (*length < WINDOW) {
    ssize_t count = pread(fd, bytes + *length, WINDOW - *length, *begin + (off_t)*length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      free(bytes);
      return NULL;
    }
    if (count == 0) break;
    *length += (size_t)count;
  }
  return bytes;
}

/* Where the last `entries` lines begin; a line that the window cuts in two does not count. */
static size_t last_lines(const char *bytes, size_t length, off_t begin, int entries) {
  size_t position = length;
  if (position && bytes[position - 1] == '\n') position--;
  while (entries > 0) {
    const char *newline = position ? memrchr(bytes, '\n', position) : NULL;
    if (!newline) break;
    position = (size_t)(newline - bytes);
    entries--;
  }
  if (entries == 0) return position + 1;
  if (begin == 0) return 0;
  const char *whole = memchr(bytes, '\n', length);
  return whole ? (size_t)(whole - bytes) + 1 : length;
}

static void shorten(const char *path, int entries) {
  int fd;
  if (open_regular(path, O_RDWR | O_NOFOLLOW, &fd) != 0) return;
  size_t length = 0;
  off_t begin = 0;
  char *bytes = NULL;
  if (lock(fd, LOCK_EX) == 0 && (bytes = tail(fd, &length, &begin))) {
    size_t keep = last_lines(bytes, length, begin, entries);
    /* A NUL is never ours: then this is some other file, or one that a power failure has holes
       in. Either way it is not for us to delete from. */
    int is_ours = !memchr(bytes, '\0', length);
    size_t done = keep;
    while (is_ours && (begin > 0 || keep > 0) && done < length) {
      ssize_t count = pwrite(fd, bytes + done, length - done, (off_t)(done - keep));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      done += (size_t)count;
    }
    if (is_ours && done == length && keep < length) {
      if (ftruncate(fd, (off_t)(length - keep)) != 0) { /* then it stays long, that is all */
      }
    }
  }
  free(bytes);
  close(fd); /* gives the lock back */
}

static int is_entry(const char *row, size_t length) {
  return length > 0 && length <= LONGEST && is_plain_text(row, length);
}

int history_file_load(const char *path, int entries, void (*add)(const char *line)) {
  if (is_null_device(path)) return 0;
  int fd;
  int failure = open_regular(path, O_RDONLY, &fd);
  if (failure) return failure == ENOENT ? 0 : failure;
  lock(fd, LOCK_SH); /* without it a line may be seen twice, no more */
  size_t length = 0;
  off_t begin = 0;
  char *bytes = tail(fd, &length, &begin);
  failure = bytes ? 0 : errno;
  close(fd);
  if (!bytes) return failure;
  size_t position = last_lines(bytes, length, begin, entries);
  int is_long = begin > 0 || position > 0;
  while (position < length) {
    const char *newline = memchr(bytes + position, '\n', length - position);
    size_t end = newline ? (size_t)(newline - bytes) : length;
    /* Damaged lines are passed over in silence: a learner cannot do anything about them. */
    if (is_entry(bytes + position, end - position)) {
      char *row = strndup(bytes + position, end - position);
      if (row) add(row);
      free(row);
    }
    position = end + 1;
  }
  free(bytes);
  if (is_long) shorten(path, entries);
  return 0;
}

int history_file_append(const char *path, const char *line) {
  size_t length = strlen(line);
  if (length > LONGEST || is_null_device(path)) return 0;
  const int flags = O_RDWR | O_APPEND | O_CREAT;
  int fd;
  int failure = open_regular(path, flags, &fd);
  if (failure == ENOENT) {
    failure = make_parents(path);
    if (!failure) failure = open_regular(path, flags, &fd);
  }
  if (failure) return failure;
  /* Without a lock too, as O_APPEND alone keeps lines whole. */
  int is_locked = lock(fd, LOCK_EX) == 0;
  char *record = malloc(length + 2);
  struct stat status;
  char last = '\n';
  int has_size = fstat(fd, &status) == 0;
  if (record && has_size && status.st_size > 0)
    if (pread(fd, &last, 1, status.st_size - 1) != 1) last = '\n';
  if (record) {
    /* A full disk may have cut the last entry short; do not write on in its row. */
    size_t size = 0;
    if (last != '\n') record[size++] = '\n';
    memcpy(record + size, line, length);
    size += length;
    record[size++] = '\n';
    ssize_t count;
    do count = write(fd, record, size);
    while (count < 0 && errno == EINTR);
    failure = count < 0 ? errno : (size_t)count < size ? ENOSPC : 0;
    /* Half an entry would be recalled as if it were one. Unlocked, another's may stand behind it. */
    if (failure && has_size && is_locked && ftruncate(fd, status.st_size) != 0) {
      /* then the next append begins a new row */
    }
  } else {
    failure = ENOMEM;
  }
  free(record);
  close(fd);
  return failure;
}
