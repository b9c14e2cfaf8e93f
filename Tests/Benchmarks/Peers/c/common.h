// What the C and C++ peers share: the clock, the command line and the line that reports a figure.
//
// Every program takes the folder of the data as its first argument. With BENCH_COUNT set it runs
// each measured part once, with fewer calls, for a tool that counts instructions: `bench_mark` is
// called before and after each part, and every line ends with how many units the part had.
#pragma once
#define _GNU_SOURCE 1
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_REPEATS = 32 };

static const char *data_folder = ".";

static inline FILE *open_data(const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", data_folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(2);
  }
  return file;
}

static inline void read_items(FILE *file, void *into, size_t size, size_t count) {
  if (fread(into, size, count, file) != count) {
    fputs("a data file is too short\n", stderr);
    exit(2);
  }
}

static inline int counting(void) { return getenv("BENCH_COUNT") != NULL; }
static inline int repeats(int usual) { return counting() ? 1 : usual; }
static inline int calls(int usual) { return counting() ? (usual + 99) / 100 : usual; }

#ifdef __cplusplus
extern "C"
#endif
__attribute__((noinline, used)) void bench_mark(void) { __asm__ volatile(""); }

static inline double clock_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static inline double part_begins(void) {
  bench_mark();
  return clock_seconds();
}

static inline double part_ends(double start) {
  double seconds = clock_seconds() - start;
  bench_mark();
  return seconds;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// One line: who did what, the median and the least time of one unit, and a number to compare.
static inline void report(const char *who, const char *what, double *seconds, int count,
                          double units, const char *unit, double check) {
  double scale = (strncmp(unit, "ns", 2) == 0 ? 1e9 : 1e6) / units;
  qsort(seconds, (size_t)count, sizeof *seconds, ascending);
  printf("%-26s %-30s med %12.4f min %12.4f %-8s check %.15g", who, what,
         seconds[count / 2] * scale, seconds[0] * scale, unit, check);
  if (counting()) printf(" units %.0f", units);
  printf("\n");
  fflush(stdout);
}
