// W2: the random graph, as the data file has it.
#pragma once
#include "common.h"

enum { ADD, SUBTRACT, MULTIPLY, TANH, EXP };

typedef struct {
  int inputs, nodes;
  double *input;      // the inputs are numbered first,
  uint8_t *gate;      // then the nodes: node i has the number inputs + i,
  int32_t *a, *b;     // and its operands have smaller numbers
} Graph;

static inline Graph read_graph(const char *name) {
  Graph graph;
  FILE *file = open_data(name);
  int32_t head[2];
  read_items(file, head, sizeof *head, 2);
  graph.inputs = head[0];
  graph.nodes = head[1];
  size_t inputs = (size_t)graph.inputs, nodes = (size_t)graph.nodes;
  graph.input = (double *)malloc(inputs * sizeof(double));
  graph.gate = (uint8_t *)malloc(nodes);
  graph.a = (int32_t *)malloc(nodes * sizeof(int32_t));
  graph.b = (int32_t *)malloc(nodes * sizeof(int32_t));
  read_items(file, graph.input, sizeof(double), inputs);
  read_items(file, graph.gate, 1, nodes);
  read_items(file, graph.a, sizeof(int32_t), nodes);
  read_items(file, graph.b, sizeof(int32_t), nodes);
  fclose(file);
  return graph;
}

// One number that any wrong derivative changes.
static inline double weighted_sum(const double *gradient, int inputs) {
  double sum = 0;
  for (int i = 0; i < inputs; i++) sum += gradient[i] * (i % 7 + 1);
  return sum;
}
