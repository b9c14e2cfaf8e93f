// W1 and W5: one circuit of three inputs, one convolution of ten thousand.
#pragma once

// Measures record and backward as one part, then, where the peer can, forward and backward again.
template <class Peer, class Function, class Check>
void measure(const char *name, Function f, const double *x, int count, int times, int rounds,
             const char *unit, Check check) {
  double value = 0, seconds[MOST_REPEATS];
  std::vector<double> gradient(count);
  for (int repeat = 0; repeat < times; repeat++) {
    double start = part_begins();
    for (int call = 0; call < rounds; call++) {
      value = Peer::record(f, x, count);
      Peer::backward(count, gradient.data());
    }
    seconds[repeat] = part_ends(start);
  }
  report(Peer::name, name, seconds, times, rounds, unit, check(value, gradient.data()));
  if constexpr (Peer::replays) {
    for (int repeat = 0; repeat < times; repeat++) {
      double start = part_begins();
      for (int call = 0; call < rounds; call++) {
        value = Peer::forward(x, count);
        Peer::backward(count, gradient.data());
      }
      seconds[repeat] = part_ends(start);
    }
    std::string what = std::string(name) + ", replay";
    report(Peer::name, what.c_str(), seconds, times, rounds, unit, check(value, gradient.data()));
  }
}

template <class Peer>
void circuit() {
  using Number = typename Peer::Number;
  const double x[3] = {-2, 5, -4};
  auto f = [](Number *w) -> Number {
    Number result = (w[0] + w[1]) * w[2];
    return result;
  };
  auto check = [](double value, const double *g) {
    return value + 10 * g[0] + 100 * g[1] + 1000 * g[2];
  };
  measure<Peer>("W1 value and gradients", f, x, 3, repeats(9), calls(20000), "ns/call", check);
}

template <class Peer>
void convolution() {
  using Number = typename Peer::Number;
  FILE *file = open_data("w5.bin");
  int32_t sizes[2];
  read_items(file, sizes, sizeof *sizes, 2);
  int n = sizes[0], k = sizes[1];
  std::vector<double> x(n + k);  // the signal, then the filter
  read_items(file, x.data(), sizeof(double), x.size());
  fclose(file);
  auto f = [=](Number *p) -> Number {
    Number *w = p + n, loss = Number(0.0);
    for (int i = 0; i + k <= n; i++) {
      Number out = w[0] * p[i];
      for (int q = 1; q < k; q++) out = out + w[q] * p[i + q];
      loss = loss + out * out;
    }
    Number half = loss * 0.5;
    return half;
  };
  auto check = [=](double value, const double *g) {
    for (int q = 0; q < k; q++) value += (q + 1) * g[n + q];
    for (int i = 0; i < n; i++) value += g[i] * (i % 7);
    return value;
  };
  measure<Peer>("W5 loss and gradients", f, x.data(), n + k, repeats(9), 1, "us", check);
}
