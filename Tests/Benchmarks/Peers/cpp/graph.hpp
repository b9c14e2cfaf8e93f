// W2: a random graph of a million nodes is recorded, swept backward and, where possible, replayed.
#pragma once

// A figure of the process in KiB, as the kernel keeps it.
static inline long process_status(const char *key) {
  FILE *file = fopen("/proc/self/status", "r");
  char line[256];
  long value = 0;
  while (file && fgets(line, sizeof line, file)) {
    if (strncmp(line, key, strlen(key)) == 0) value = atol(line + strlen(key) + 1);
  }
  if (file) fclose(file);
  return value;
}

static inline void forget_peak() {
  if (FILE *file = fopen("/proc/self/clear_refs", "w")) {
    fputs("5", file);
    fclose(file);
  }
}

template <class Peer>
void graph(const char *file, const std::string &name) {
  using Number = typename Peer::Number;
  Graph graph = read_graph(file);
  std::vector<double> gradient(graph.inputs);
  double value = 0, there[MOST_REPEATS], back[MOST_REPEATS];
  long before = process_status("VmRSS");
  forget_peak();
  std::vector<Number> results(graph.nodes);
  auto f = [&](Number *input) -> Number {
    Number *result = results.data();
    auto operand = [&](int number) -> const Number & {
      return number < graph.inputs ? input[number] : result[number - graph.inputs];
    };
    for (int i = 0; i < graph.nodes; i++) {
      const Number &x = operand(graph.a[i]), &y = operand(graph.b[i]);
      switch (graph.gate[i]) {
        case ADD: result[i] = x + y; break;
        case SUBTRACT: result[i] = x - y; break;
        case MULTIPLY: result[i] = x * y; break;
        case TANH: result[i] = Peer::tangent(x); break;
        default: result[i] = Peer::exponential(x);
      }
    }
    return result[graph.nodes - 1];
  };
  auto say = [&](const char *what, double *seconds, int times, double check) {
    report(Peer::name, (name + what).c_str(), seconds, times, graph.nodes, "ns/node", check);
  };

  int times = repeats(9);
  double bytes = 0;
  for (int repeat = 0; repeat < times; repeat++) {
    double start = part_begins();
    value = Peer::record(f, graph.input, graph.inputs);
    there[repeat] = part_ends(start);
    start = part_begins();
    Peer::backward(graph.inputs, gradient.data());
    back[repeat] = part_ends(start);
    if (repeat == 0) bytes = (process_status("VmHWM") - before) * 1024.0 / graph.nodes;
  }
  say(" build from a graph", there, times, value);
  say(" backward", back, times, weighted_sum(gradient.data(), graph.inputs));
  if (!counting()) {
    printf("%-26s %-30s med %12.4f min %12.4f %-8s check 0\n", Peer::name,
           (name + " bytes a node").c_str(), bytes, bytes, "B/node");
  }
  if constexpr (Peer::replays) {
    for (int repeat = 0; repeat < times; repeat++) {
      double start = part_begins();
      value = Peer::forward(graph.input, graph.inputs);
      there[repeat] = part_ends(start);
      start = part_begins();
      Peer::backward(graph.inputs, gradient.data());
      back[repeat] = part_ends(start);
    }
    say(" replay forward", there, times, value);
    say(" backward, replay", back, times, weighted_sum(gradient.data(), graph.inputs));
  }
}
