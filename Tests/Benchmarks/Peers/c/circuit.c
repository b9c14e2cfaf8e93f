// W1: (a + b) * c at (-2, 5, -4), value and three derivatives, written by hand.
#include "common.h"

__attribute__((noinline)) static double circuit(double a, double b, double c, double *gradient) {
  double sum = a + b;
  gradient[0] = c;
  gradient[1] = c;
  gradient[2] = sum;
  return sum * c;
}

int main(int count, char **arguments) {
  if (count > 1) data_folder = arguments[1];
  volatile double a = -2, b = 5, c = -4;
  double value = 0, gradient[3], seconds[MOST_REPEATS];
  int times = repeats(21), rounds = calls(1000000);
  for (int repeat = 0; repeat < times; repeat++) {
    double start = part_begins();
    for (int call = 0; call < rounds; call++) {
      value = circuit(a, b, c, gradient);
      __asm__ volatile("" ::"r"(gradient) : "memory");  // the gradient counts as used
    }
    seconds[repeat] = part_ends(start);
  }
  double check = value + 10 * gradient[0] + 100 * gradient[1] + 1000 * gradient[2];
  report("C", "W1 value and gradients", seconds, times, rounds, "ns/call", check);
}
