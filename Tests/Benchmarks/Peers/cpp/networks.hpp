// W3 and W4: two networks trained, the graph recorded anew each epoch, or once and replayed.
#pragma once

// A part is all epochs: loss, gradient, step. With `again` the tape of the first epoch is used.
template <class Peer, class Function>
double epochs(Function f, std::vector<double> parameters, int count, bool again,
              double (*rate)(int)) {
  int size = (int)parameters.size();
  std::vector<double> gradient(size);
  double loss = 0;
  for (int epoch = 0; epoch < count; epoch++) {
    if constexpr (Peer::replays) {
      if (again && epoch > 0) {
        loss = Peer::forward(parameters.data(), size);
      } else {
        loss = Peer::record(f, parameters.data(), size);
      }
    } else {
      loss = Peer::record(f, parameters.data(), size);
    }
    Peer::backward(size, gradient.data());
    for (int i = 0; i < size; i++) parameters[i] -= rate(epoch) * gradient[i];
  }
  return loss;
}

template <class Peer, class Function>
void measure_training(const char *name, Function f, const std::vector<double> &parameters,
                      int count, const char *unit, double (*rate)(int)) {
  for (bool again : {false, true}) {
    if (again && !Peer::replays) continue;
    double loss = 0, seconds[MOST_REPEATS];
    int times = repeats(5);
    for (int repeat = 0; repeat < times; repeat++) {
      double start = part_begins();
      loss = epochs<Peer>(f, parameters, count, again, rate);
      seconds[repeat] = part_ends(start);
    }
    std::string what = std::string(name) + (again ? ", replay" : "");
    report(Peer::name, what.c_str(), seconds, times, count, unit, loss);
  }
}

template <class Peer>
void moons() {
  using Number = typename Peer::Number;
  Moons moons = read_moons();
  auto f = [&](Number *p) -> Number {
    Number *w1 = p, *w2 = w1 + FIRST, *w3 = w2 + SECOND, total = Number(0.0);
    for (int example = 0; example < moons.count; example++) {
      Number h1[HIDDEN], h2[HIDDEN];
      double x0 = moons.x[2 * example], x1 = moons.x[2 * example + 1];
      for (int j = 0; j < HIDDEN; j++) {
        Number z = w1[3 * j + 2] + w1[3 * j] * x0;
        z = z + w1[3 * j + 1] * x1;
        h1[j] = Peer::rectified(z);
      }
      for (int j = 0; j < HIDDEN; j++) {
        Number *row = w2 + (HIDDEN + 1) * j, z = row[HIDDEN];
        for (int i = 0; i < HIDDEN; i++) z = z + row[i] * h1[i];
        h2[j] = Peer::rectified(z);
      }
      Number score = w3[HIDDEN];
      for (int i = 0; i < HIDDEN; i++) score = score + w3[i] * h2[i];
      Number margin = 1.0 + (-moons.y[example]) * score;
      total = total + Peer::rectified(margin);
    }
    Number squares = Number(0.0);
    for (int i = 0; i < PARAMETERS; i++) squares = squares + p[i] * p[i];
    Number loss = total * (1.0 / moons.count) + PENALTY * squares;
    return loss;
  };
  std::vector<double> first(moons.parameters, moons.parameters + PARAMETERS);
  int count = counting() ? 10 : 100;
  measure_training<Peer>("W3 epoch", f, first, count, "us/epoch", learning_rate);
}

template <class Peer>
void exclusive_or() {
  using Number = typename Peer::Number;
  static const double points[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, targets[4] = {0, 1, 1, 0};
  std::vector<double> first(17);
  FILE *file = open_data("w4.bin");
  read_items(file, first.data(), sizeof(double), first.size());
  fclose(file);
  auto f = [](Number *p) -> Number {
    Number loss = Number(0.0);
    for (int example = 0; example < 4; example++) {
      Number h[4];
      for (int j = 0; j < 4; j++) {
        Number z = p[3 * j + 2] + p[3 * j] * points[example][0];
        z = z + p[3 * j + 1] * points[example][1];
        h[j] = Peer::tangent(z);
      }
      Number z = p[16];
      for (int j = 0; j < 4; j++) z = z + p[12 + j] * h[j];
      Number power = Peer::exponential(-z);
      Number answer = 1.0 / (1.0 + power);
      Number error = answer - targets[example];
      loss = loss + error * error * 0.25;
    }
    return loss;
  };
  auto rate = [](int) { return 0.5; };
  measure_training<Peer>("W4 epoch", f, first, calls(10000), "ns/epoch", rate);
}
