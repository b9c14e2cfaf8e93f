// W2: the tape everyone writes first: an array of nodes and one `switch` a node, both ways.
#include "graph.h"

__attribute__((noinline)) static void forward(const Graph *graph, double *value) {
  double *result = value + graph->inputs;
  for (int i = 0; i < graph->nodes; i++) {
    double x = value[graph->a[i]];
    switch (graph->gate[i]) {
      case ADD: result[i] = x + value[graph->b[i]]; break;
      case SUBTRACT: result[i] = x - value[graph->b[i]]; break;
      case MULTIPLY: result[i] = x * value[graph->b[i]]; break;
      case TANH: result[i] = tanh(x); break;
      default: result[i] = exp(x);
    }
  }
}

__attribute__((noinline)) static void backward(const Graph *graph, const double *value,
                                               double *gradient) {
  size_t all = (size_t)graph->inputs + (size_t)graph->nodes;
  const double *result = value + graph->inputs, *upstream = gradient + graph->inputs;
  memset(gradient, 0, all * sizeof *gradient);
  gradient[all - 1] = 1;
  for (int i = graph->nodes - 1; i >= 0; i--) {
    double g = upstream[i];
    int a = graph->a[i], b = graph->b[i];
    switch (graph->gate[i]) {
      case ADD:
        gradient[a] += g;
        gradient[b] += g;
        break;
      case SUBTRACT:
        gradient[a] += g;
        gradient[b] -= g;
        break;
      case MULTIPLY: {
        double x = value[a], y = value[b];
        gradient[a] += g * y;
        gradient[b] += g * x;
        break;
      }
      case TANH: gradient[a] += g * (1 - result[i] * result[i]); break;
      default: gradient[a] += g * result[i];
    }
  }
}

static void measure(const char *file, const char *name) {
  Graph graph = read_graph(file);
  size_t all = (size_t)graph.inputs + (size_t)graph.nodes;
  double *value = (double *)calloc(all, sizeof(double));
  double *gradient = (double *)calloc(all, sizeof(double));
  double there[MOST_REPEATS], back[MOST_REPEATS];
  memcpy(value, graph.input, (size_t)graph.inputs * sizeof(double));
  int times = repeats(15);
  for (int repeat = 0; repeat < times; repeat++) {
    double start = part_begins();
    forward(&graph, value);
    there[repeat] = part_ends(start);
    start = part_begins();
    backward(&graph, value, gradient);
    back[repeat] = part_ends(start);
  }
  char what[40];
  snprintf(what, sizeof what, "%s replay forward", name);
  report("C tape with a switch", what, there, times, graph.nodes, "ns/node", value[all - 1]);
  snprintf(what, sizeof what, "%s backward", name);
  report("C tape with a switch", what, back, times, graph.nodes, "ns/node",
         weighted_sum(gradient, graph.inputs));
}

int main(int count, char **arguments) {
  if (count > 1) data_folder = arguments[1];
  measure("w2.bin", "W2");
  measure("w2b.bin", "W2b");
}
