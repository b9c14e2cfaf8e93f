// W5: half the sum of squares of a signal convolved with five weights; its derivatives for both.
#include "common.h"

enum { SIGNAL = 10000, WEIGHTS = 5 };

// The length is not known beforehand, as with any library; the filter has five weights.
__attribute__((noinline)) static double loss(int n, const double *restrict x,
                                             const double *restrict w, double *restrict dx,
                                             double *restrict dw) {
  int outputs = n - WEIGHTS + 1;
  static double out[SIGNAL];
  double w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4];
  for (int i = 0; i < outputs; i++) {
    out[i] = w0 * x[i] + w1 * x[i + 1] + w2 * x[i + 2] + w3 * x[i + 3] + w4 * x[i + 4];
  }
  double squares = 0, s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0;
  for (int i = 0; i < outputs; i++) {
    double t = out[i];
    squares += t * t;
    s0 += t * x[i];
    s1 += t * x[i + 1];
    s2 += t * x[i + 2];
    s3 += t * x[i + 3];
    s4 += t * x[i + 4];
  }
  for (int i = 4; i < outputs; i++) {
    dx[i] = w0 * out[i] + w1 * out[i - 1] + w2 * out[i - 2] + w3 * out[i - 3] + w4 * out[i - 4];
  }
  // At both ends fewer outputs look at a sample.
  for (int j = 0; j < n; j++) {
    if (j >= 4 && j < outputs) continue;
    double t = 0;
    for (int q = 0; q < WEIGHTS; q++) {
      int i = j - q;
      if (i >= 0 && i < outputs) t += w[q] * out[i];
    }
    dx[j] = t;
  }
  dw[0] = s0;
  dw[1] = s1;
  dw[2] = s2;
  dw[3] = s3;
  dw[4] = s4;
  return squares / 2;
}

int main(int count, char **arguments) {
  if (count > 1) data_folder = arguments[1];
  static double x[SIGNAL], w[WEIGHTS], dx[SIGNAL], dw[WEIGHTS];
  FILE *file = open_data("w5.bin");
  int32_t sizes[2];
  read_items(file, sizes, sizeof *sizes, 2);
  if (sizes[0] != SIGNAL || sizes[1] != WEIGHTS) exit(2);
  read_items(file, x, sizeof *x, SIGNAL);
  read_items(file, w, sizeof *w, WEIGHTS);
  fclose(file);
  double value = 0, seconds[MOST_REPEATS];
  int times = repeats(21), rounds = calls(100);
  for (int repeat = 0; repeat < times; repeat++) {
    double start = part_begins();
    for (int call = 0; call < rounds; call++) {
      value = loss(sizes[0], x, w, dx, dw);
      __asm__ volatile("" ::: "memory");  // the derivatives count as used
    }
    seconds[repeat] = part_ends(start);
  }
  double check = value;
  for (int q = 0; q < WEIGHTS; q++) check += (q + 1) * dw[q];
  for (int i = 0; i < SIGNAL; i++) check += dx[i] * (i % 7);
  report("C, plain loops", "W5 loss and gradients", seconds, times, rounds, "us", check);
}
