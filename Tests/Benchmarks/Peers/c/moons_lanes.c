// W3 with eight examples side by side in vectors: as fast as one gets it by hand.
#include "moons.h"

enum { LANES = 8, MOST_BLOCKS = 16 };
typedef double Lanes __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));

static const Lanes ZERO = {0};

static inline Lanes all(double x) { return (Lanes){x, x, x, x, x, x, x, x}; }
static inline Lanes where(Mask mask, Lanes x) { return (Lanes)(mask & (Mask)x); }
static inline Lanes rectified(Lanes z) { return where(z > ZERO, z); }
static inline double sum(Lanes x) {
  return ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
}

// The examples in blocks of eight; the lanes after the last example have no share in the loss.
static Lanes inputs0[MOST_BLOCKS], inputs1[MOST_BLOCKS], classes[MOST_BLOCKS], shares[MOST_BLOCKS];
static int blocks;

static void pack(const Moons *moons) {
  blocks = (moons->count + LANES - 1) / LANES;
  if (blocks > MOST_BLOCKS) exit(2);
  for (int example = 0; example < moons->count; example++) {
    int block = example / LANES, lane = example % LANES;
    inputs0[block][lane] = moons->x[2 * example];
    inputs1[block][lane] = moons->x[2 * example + 1];
    classes[block][lane] = moons->y[example];
    shares[block][lane] = 1.0 / moons->count;
  }
}

__attribute__((noinline)) static double loss(const Moons *moons, const double *parameters,
                                             double *gradient) {
  (void)moons;
  static Lanes gathered[PARAMETERS];
  memset(gathered, 0, sizeof gathered);
  const double *w1 = parameters, *w2 = w1 + FIRST, *w3 = w2 + SECOND;
  Lanes *g1 = gathered, *g2 = g1 + FIRST, *g3 = g2 + SECOND, total = ZERO;
  for (int block = 0; block < blocks; block++) {
    Lanes x0 = inputs0[block], x1 = inputs1[block], y = classes[block];
    Lanes h1[HIDDEN], h2[HIDDEN], d1[HIDDEN], d2[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      h1[j] = rectified(all(w1[3 * j + 2]) + w1[3 * j] * x0 + w1[3 * j + 1] * x1);
    }
    for (int j = 0; j < HIDDEN; j++) {
      const double *row = w2 + (HIDDEN + 1) * j;
      Lanes z = all(row[HIDDEN]);
      for (int i = 0; i < HIDDEN; i++) z += row[i] * h1[i];
      h2[j] = rectified(z);
    }
    Lanes score = all(w3[HIDDEN]);
    for (int i = 0; i < HIDDEN; i++) score += w3[i] * h2[i];
    Lanes margin = 1 - y * score;
    Lanes counted = where(margin > ZERO, shares[block]);
    total += counted * margin;

    Lanes upstream = -y * counted;
    g3[HIDDEN] += upstream;
    for (int i = 0; i < HIDDEN; i++) {
      g3[i] += upstream * h2[i];
      d2[i] = where(h2[i] > ZERO, upstream * w3[i]);
      d1[i] = ZERO;
    }
    for (int j = 0; j < HIDDEN; j++) {
      const double *row = w2 + (HIDDEN + 1) * j;
      Lanes *g = g2 + (HIDDEN + 1) * j, d = d2[j];
      for (int i = 0; i < HIDDEN; i++) {
        g[i] += d * h1[i];
        d1[i] += row[i] * d;
      }
      g[HIDDEN] += d;
    }
    for (int j = 0; j < HIDDEN; j++) {
      Lanes d = where(h1[j] > ZERO, d1[j]);
      g1[3 * j] += d * x0;
      g1[3 * j + 1] += d * x1;
      g1[3 * j + 2] += d;
    }
  }
  double squares = 0;
  for (int i = 0; i < PARAMETERS; i++) {
    squares += parameters[i] * parameters[i];
    gradient[i] = sum(gathered[i]) + 2 * PENALTY * parameters[i];
  }
  return sum(total) + PENALTY * squares;
}

int main(int count, char **arguments) {
  if (count > 1) data_folder = arguments[1];
  Moons moons = read_moons();
  pack(&moons);
  train("C, 8 examples at a time", "W3 epoch", loss, 100);
}
