// W3: a 2-16-16-1 network on two moons, all 100 points at once, hinge loss and a penalty on the
// squares of the parameters. An epoch is the loss, all 337 derivatives and a step downhill.
#pragma once
#include "common.h"

enum {
  HIDDEN = 16,
  FIRST = HIDDEN * 3,                // first layer: two weights and a bias a neuron
  SECOND = HIDDEN * (HIDDEN + 1),    // second layer
  PARAMETERS = FIRST + SECOND + HIDDEN + 1
};
static const double PENALTY = 1e-4;

typedef struct {
  int count;
  double *x, *y, parameters[PARAMETERS];
} Moons;

static inline Moons read_moons(void) {
  Moons moons;
  FILE *file = open_data("w3.bin");
  int32_t count;
  read_items(file, &count, sizeof count, 1);
  moons.count = count;
  moons.x = (double *)malloc((size_t)count * 2 * sizeof(double));
  moons.y = (double *)malloc((size_t)count * sizeof(double));
  read_items(file, moons.x, sizeof(double), (size_t)count * 2);
  read_items(file, moons.y, sizeof(double), (size_t)count);
  read_items(file, moons.parameters, sizeof(double), PARAMETERS);
  fclose(file);
  return moons;
}

static inline double learning_rate(int epoch) { return 1 - 0.9 * epoch / 100; }

// Trains with one way to get the loss and its gradient, and reports an epoch. Slow peers do only
// the first few epochs; so that their loss can be compared, the plain loops report those as well.
typedef double Loss(const Moons *, const double *parameters, double *gradient);

static inline void train(const char *who, const char *what, Loss *loss, int epochs) {
  Moons moons = read_moons();
  double parameters[PARAMETERS], gradient[PARAMETERS], value = 0, seconds[MOST_REPEATS];
  int times = repeats(21);
  for (int repeat = 0; repeat < times; repeat++) {
    memcpy(parameters, moons.parameters, sizeof parameters);
    double start = part_begins();
    for (int epoch = 0; epoch < epochs; epoch++) {
      value = loss(&moons, parameters, gradient);
      for (int i = 0; i < PARAMETERS; i++) parameters[i] -= learning_rate(epoch) * gradient[i];
    }
    seconds[repeat] = part_ends(start);
  }
  report(who, what, seconds, times, epochs, "us/epoch", value);
}
