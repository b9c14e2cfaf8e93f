// ADOL-C: overloaded numbers write a tape to memory; the tape can be run again with other inputs.
#include <adolc/adolc.h>

#include "workloads.hpp"

struct AdolC {
  using Number = adouble;
  static constexpr const char *name = "ADOL-C";
  static constexpr bool replays = true;

  static Number rectified(const Number &x) { return fmax(x, 0.0); }
  static Number tangent(const Number &x) { return tanh(x); }
  static Number exponential(const Number &x) { return exp(x); }

  // Records f at x, keeping what the sweep backward needs, and gives the value.
  template <class Function>
  static double record(Function f, const double *x, int count) {
    static std::vector<Number> inputs;
    double value;
    trace_on(TAG, KEEP);
    if ((int)inputs.size() != count) inputs = std::vector<Number>(count);
    for (int i = 0; i < count; i++) inputs[i] <<= x[i];
    Number result = f(inputs.data());
    result >>= value;
    trace_off();
    return value;
  }

  static double forward(const double *x, int count) {
    double value;
    zos_forward(TAG, 1, count, KEEP, x, &value);
    return value;
  }

  static void backward(int count, double *gradient) {
    double one = 1;
    fos_reverse(TAG, 1, count, &one, gradient);
  }

 private:
  enum { TAG = 1, KEEP = 1 };
};

int main(int count, char **arguments) { return Workloads<AdolC>::run(count, arguments); }
