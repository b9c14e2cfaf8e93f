// W3 with plain loops, one example after the other.
#include "moons.h"

static double rectified(double z) { return z > 0 ? z : 0; }

__attribute__((noinline)) static double loss(const Moons *moons, const double *parameters,
                                             double *gradient) {
  const double *w1 = parameters, *w2 = w1 + FIRST, *w3 = w2 + SECOND;
  double *g1 = gradient, *g2 = g1 + FIRST, *g3 = g2 + SECOND;
  double total = 0, share = 1.0 / moons->count;
  memset(gradient, 0, PARAMETERS * sizeof *gradient);
  for (int example = 0; example < moons->count; example++) {
    double x0 = moons->x[2 * example], x1 = moons->x[2 * example + 1], y = moons->y[example];
    double h1[HIDDEN], h2[HIDDEN], d1[HIDDEN] = {0}, d2[HIDDEN];

    // Forward: two layers, the score, the margin.
    for (int j = 0; j < HIDDEN; j++) {
      h1[j] = rectified(w1[3 * j + 2] + w1[3 * j] * x0 + w1[3 * j + 1] * x1);
    }
    for (int j = 0; j < HIDDEN; j++) {
      const double *row = w2 + (HIDDEN + 1) * j;
      double z = row[HIDDEN];
      for (int i = 0; i < HIDDEN; i++) z += row[i] * h1[i];
      h2[j] = rectified(z);
    }
    double score = w3[HIDDEN];
    for (int i = 0; i < HIDDEN; i++) score += w3[i] * h2[i];
    double margin = 1 - y * score;
    if (margin > 0) total += margin;

    // Backward: the same in reverse.
    double upstream = margin > 0 ? -y * share : 0;
    g3[HIDDEN] += upstream;
    for (int i = 0; i < HIDDEN; i++) {
      g3[i] += upstream * h2[i];
      d2[i] = h2[i] > 0 ? upstream * w3[i] : 0;
    }
    for (int j = 0; j < HIDDEN; j++) {
      const double *row = w2 + (HIDDEN + 1) * j;
      double *g = g2 + (HIDDEN + 1) * j;
      for (int i = 0; i < HIDDEN; i++) {
        g[i] += d2[j] * h1[i];
        d1[i] += d2[j] * row[i];
      }
      g[HIDDEN] += d2[j];
    }
    for (int j = 0; j < HIDDEN; j++) {
      double d = h1[j] > 0 ? d1[j] : 0;
      g1[3 * j] += d * x0;
      g1[3 * j + 1] += d * x1;
      g1[3 * j + 2] += d;
    }
  }
  double squares = 0;
  for (int i = 0; i < PARAMETERS; i++) {
    squares += parameters[i] * parameters[i];
    gradient[i] += 2 * PENALTY * parameters[i];
  }
  return total * share + PENALTY * squares;
}

int main(int count, char **arguments) {
  if (count > 1) data_folder = arguments[1];
  train("C, plain loops", "W3 epoch", loss, 100);
  train("C, plain loops", "W3 epoch, first 5 only", loss, 5);
  train("C, plain loops", "W3 epoch, first 1 only", loss, 1);
}
