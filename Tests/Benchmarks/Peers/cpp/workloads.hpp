// The workloads, written once for all C++ libraries with overloaded numbers.
//
// A peer has a type Number, a name, rectified, tangent and exponential of a Number, and
//   double record(f, x, count)        runs f on an array of Numbers and gives its value,
//   void backward(count, gradient)    the derivatives by these numbers,
//   double forward(x, count)          runs the same tape again, if the peer `replays`.
// Usage: PROGRAM FOLDER WORKLOAD ...
#pragma once
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "../c/common.h"
#include "../c/graph.h"
#include "../c/moons.h"
#include "graph.hpp"
#include "networks.hpp"
#include "small.hpp"

template <class Peer>
struct Workloads {
  static int run(int count, char **arguments) {
    // Freed memory stays with the process: new pages would cost more than the work.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2000000000);
    if (count > 1) data_folder = arguments[1];
    for (int i = 2; i < count; i++) {
      std::string wanted = arguments[i];
      if (wanted == "W1") circuit<Peer>();
      if (wanted == "W2") graph<Peer>("w2.bin", "W2");
      if (wanted == "W2b") graph<Peer>("w2b.bin", "W2b");
      if (wanted == "W3") moons<Peer>();
      if (wanted == "W4") exclusive_or<Peer>();
      if (wanted == "W5") convolution<Peer>();
    }
    return 0;
  }
};
