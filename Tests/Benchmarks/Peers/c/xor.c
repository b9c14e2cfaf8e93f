// W4: a 2-4-1 network learns XOR in 10,000 epochs, by hand.
#include "common.h"

enum { NEURONS = 4, OUTPUT = 3 * NEURONS, BIAS = OUTPUT + NEURONS, PARAMETERS };
static const double POINTS[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, TARGETS[4] = {0, 1, 1, 0};

// Mean squared error of the sigmoid of the output; steps of 0.5; the answer is the last loss.
static double train(double *p, int epochs) {
  double loss = 0;
  for (int epoch = 0; epoch < epochs; epoch++) {
    double gradient[PARAMETERS] = {0};
    loss = 0;
    for (int example = 0; example < 4; example++) {
      const double *x = POINTS[example];
      double h[NEURONS], z = p[BIAS];
      for (int j = 0; j < NEURONS; j++) {
        h[j] = tanh(p[3 * j + 2] + p[3 * j] * x[0] + p[3 * j + 1] * x[1]);
      }
      for (int j = 0; j < NEURONS; j++) z += p[OUTPUT + j] * h[j];
      double answer = 1 / (1 + exp(-z)), error = answer - TARGETS[example];
      loss += error * error * 0.25;

      double upstream = 0.5 * error * answer * (1 - answer);
      gradient[BIAS] += upstream;
      for (int j = 0; j < NEURONS; j++) {
        gradient[OUTPUT + j] += upstream * h[j];
        double d = upstream * p[OUTPUT + j] * (1 - h[j] * h[j]);
        gradient[3 * j] += d * x[0];
        gradient[3 * j + 1] += d * x[1];
        gradient[3 * j + 2] += d;
      }
    }
    for (int i = 0; i < PARAMETERS; i++) p[i] -= 0.5 * gradient[i];
  }
  return loss;
}

int main(int count, char **arguments) {
  if (count > 1) data_folder = arguments[1];
  double first[PARAMETERS], parameters[PARAMETERS], loss = 0, seconds[MOST_REPEATS];
  FILE *file = open_data("w4.bin");
  read_items(file, first, sizeof *first, PARAMETERS);
  fclose(file);
  int times = repeats(21), epochs = calls(10000);
  for (int repeat = 0; repeat < times; repeat++) {
    memcpy(parameters, first, sizeof first);
    double start = part_begins();
    loss = train(parameters, epochs);
    seconds[repeat] = part_ends(start);
  }
  report("C, plain loops", "W4 epoch", seconds, times, epochs, "ns/epoch", loss);
}
