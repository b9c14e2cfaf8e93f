// Sacado: overloaded numbers write a linked tape, which lives for one sweep backward.
#include <Sacado_trad.hpp>

#include "workloads.hpp"

struct SacadoRad {
  using Number = Sacado::Rad::ADvar<double>;
  static constexpr const char *name = "Sacado Rad";
  static constexpr bool replays = false;

  static Number rectified(const Number &x) { return x.val() > 0 ? Number(x) : Number(x * 0.0); }
  static Number tangent(const Number &x) { return tanh(x); }
  static Number exponential(const Number &x) { return exp(x); }

  template <class Function>
  static double record(Function f, const double *x, int count) {
    if ((int)inputs().size() != count) inputs() = std::vector<Number>(count);
    for (int i = 0; i < count; i++) inputs()[i] = x[i];
    return Number(f(inputs().data())).val();
  }

  // From the number that was made last.
  static void backward(int count, double *gradient) {
    Number::Gradcomp();
    for (int i = 0; i < count; i++) gradient[i] = inputs()[i].adj();
  }

 private:
  static std::vector<Number> &inputs() {
    static std::vector<Number> numbers;
    return numbers;
  }
};

int main(int count, char **arguments) { return Workloads<SacadoRad>::run(count, arguments); }
